package org.zepad.core.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.zepad.core.onnx.ModelInfo.TaskInfo;

/**
 * What a model says of one image.
 *
 * @param label the predicted class, from 0; the first of those that tie
 * @param className its name
 * @param probabilities the fused softmax of each class, in label order
 * @param confidences how sure each branch is, in the order of the branches
 * @param detectionScore the higher, the more the image looks like an adversarial example
 * @param flagged whether the score is above the task's threshold
 */
public record Classification(
    int label,
    String className,
    List<Double> probabilities,
    List<Double> confidences,
    double detectionScore,
    boolean flagged) {
  public Classification {
    probabilities = List.copyOf(probabilities);
    confidences = List.copyOf(confidences);
  }

  /**
   * Reads the numbers that a model gives for one image.
   *
   * @param logits (C), fused
   * @param confidences (B)
   * @param score of the detector
   */
  public static Classification of(TaskInfo task, float[] logits, float[] confidences, float score) {
    int best = 0;
    for (int c = 1; c < logits.length; c++) {
      best = logits[c] > logits[best] ? c : best;
    }
    double[] exponentials = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      exponentials[c] = Math.exp((double) logits[c] - logits[best]);
      sum += exponentials[c];
    }
    List<Double> probabilities = new ArrayList<>();
    for (double exponential : exponentials) {
      probabilities.add(exponential / sum);
    }
    List<Double> sure = new ArrayList<>();
    for (float confidence : confidences) {
      sure.add((double) confidence);
    }
    return new Classification(
        best, task.classes().get(best), probabilities, sure, score, task.detection().flags(score));
  }

  /** The fused softmax of the predicted class, in [0, 1]. */
  public double probability() {
    return probabilities.get(label);
  }

  /** The labels of the k likeliest classes, the likeliest first; of those that tie, the first. */
  public List<Integer> top(int k) {
    return IntStream.range(0, probabilities.size())
        .boxed()
        .sorted(Comparator.comparing((Integer c) -> -probabilities.get(c)))
        .limit(k)
        .toList();
  }
}
