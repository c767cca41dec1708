package com.example.consensus;

import ai.djl.ndarray.NDArray;
import org.zepad.api.tensor.Scalars;

/** What a confidence lacks; none below the floor is told apart from it. */
record Doubt(double floor) {
  NDArray of(NDArray confidences) {
    return Scalars.atLeast(confidences, floor).log().neg();
  }
}
