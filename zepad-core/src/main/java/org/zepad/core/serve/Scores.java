package org.zepad.core.serve;

import org.zepad.core.runtime.Outputs;

/**
 * The numbers that a model gives for one image and one task.
 *
 * @param logits (C), fused
 * @param confidences (B), how sure each branch is
 * @param score of the detector
 */
record Scores(float[] logits, float[] confidences, float score) {

  /** Those of one image of a batch, from 0. */
  static Scores of(Outputs outputs, int image) {
    return new Scores(
        outputs.logits()[image], outputs.confidences()[image], outputs.scores()[image]);
  }
}
