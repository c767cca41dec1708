package org.zepad.core.evaluate;

import java.util.List;

/**
 * What an evaluation brings.
 *
 * @param evaluation the figures, to be reported
 * @param measured what each model said of every image, in the order of the subjects
 * @param examples some images before and after, evenly chosen
 */
public record Evaluated(Evaluation evaluation, List<Measured> measured, List<Example> examples) {
  public Evaluated {
    measured = List.copyOf(measured);
    examples = List.copyOf(examples);
  }

  /** Without examples. */
  public Evaluated(Evaluation evaluation, List<Measured> measured) {
    this(evaluation, measured, List.of());
  }
}
