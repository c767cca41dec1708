package org.zepad.core.evaluate;

import java.util.List;

/**
 * What an evaluation brings.
 *
 * @param evaluation the figures, to be reported
 * @param measured what each model said of every image, in the order of the subjects
 */
public record Evaluated(Evaluation evaluation, List<Measured> measured) {
  public Evaluated {
    measured = List.copyOf(measured);
  }
}
