package org.zepad.core.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.zepad.api.tensor.TensorOps;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Subject;

/**
 * The gradient of the cross-entropy by the pixels. Where it is exactly zero in every pixel, a
 * gradient attack stands still: the model rounds, saturates, or cuts the gradient off.
 */
final class ZeroGradients implements SelfCheck {
  static final String FLAG = "zero-gradients";

  private static final double LIMIT = 0.1;
  private static final int IMAGES = 64;
  private static final int BATCH = 32;

  @Override
  public List<Check> run(Bench bench) {
    List<Check> checks = new ArrayList<>();
    for (Subject subject : bench.subjects()) {
      double share = share(bench, subject);
      checks.add(
          Check.of(
              FLAG,
              subject.name(),
              null,
              share > LIMIT,
              share,
              LIMIT,
              String.format(
                  Locale.ROOT,
                  "for %.1f%% of the images every pixel's gradient is exactly zero; gradient"
                      + " attacks cannot move there, which is no robustness",
                  100 * share)));
    }
    return checks;
  }

  private static double share(Bench bench, Subject subject) {
    Sample sample = bench.sample();
    int count = Math.min(IMAGES, sample.size());
    int zero = 0;
    for (int from = 0; from < count; from += BATCH) {
      int to = Math.min(count, from + BATCH);
      try (NDManager scope = bench.context().manager().newSubManager()) {
        NDArray images = sample.rows(from, to, scope);
        NDArray right = oneHot(sample, from, to, scope);
        TensorOps ops = bench.context().ops();
        NDArray gradient =
            ops.gradient(
                    images,
                    x -> {
                      NDArray logits = subject.target().logits(x);
                      return ops.logSumExp(logits, 1)
                          .sub(logits.mul(right).sum(new int[] {1}))
                          .sum();
                    })
                .gradient();
        NDArray rows = gradient.abs().reshape((long) to - from, -1);
        for (float largest : rows.max(new int[] {1}).toFloatArray()) {
          zero += largest == 0 ? 1 : 0;
        }
      }
    }
    return (double) zero / count;
  }

  private static NDArray oneHot(Sample sample, int from, int to, NDManager scope) {
    long[] labels = new long[to - from];
    System.arraycopy(sample.labels(), from, labels, 0, labels.length);
    // The engine's own memory: the recorded graph must not point into Java's.
    return scope.create(labels).oneHot(sample.classes(), DataType.FLOAT32).duplicate();
  }
}
