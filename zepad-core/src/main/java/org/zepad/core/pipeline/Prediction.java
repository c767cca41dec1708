package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of one picture.
 *
 * @param file the picture
 * @param className the predicted class, or null if the picture could not be read
 * @param probability the fused softmax of that class, in [0, 1]
 * @param confidences how sure each branch is, in the order of the branches
 * @param detectionScore the higher, the more the picture looks like an adversarial example
 * @param flagged whether the score is above the task's threshold
 * @param problem why there is no prediction, or null
 */
public record Prediction(
    Path file,
    @Nullable String className,
    double probability,
    List<Double> confidences,
    double detectionScore,
    boolean flagged,
    @Nullable String problem) {
  public Prediction {
    confidences = List.copyOf(confidences);
  }

  static Prediction unreadable(Path file, String problem) {
    return new Prediction(file, null, 0, List.of(), 0, false, problem);
  }
}
