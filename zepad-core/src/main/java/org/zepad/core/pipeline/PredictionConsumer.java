package org.zepad.core.pipeline;

import java.util.List;

/** Gets predictions, in the order of the pictures. */
public interface PredictionConsumer {

  /**
   * Called once, before the first prediction.
   *
   * @param classes in label order
   * @param branches in the order of the confidences
   */
  void start(List<String> classes, List<String> branches);

  /** The prediction for one picture. */
  void accept(Prediction prediction);
}
