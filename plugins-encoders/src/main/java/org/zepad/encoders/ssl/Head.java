package org.zepad.encoders.ssl;

import ai.djl.ndarray.NDArray;

/** What a method puts on an encoder's features. */
interface Head {

  /** (N, D) features to (N, P), owned by the manager of the features. */
  NDArray apply(NDArray features, boolean training);
}
