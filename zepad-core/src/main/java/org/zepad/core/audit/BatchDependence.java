package org.zepad.core.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.zepad.api.RunContext;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Subject;

/**
 * Images one by one, by sevens, all at once, and in a shuffled order: what a model says of an image
 * must not hang on the others. One image in a hundred may move, since a model that rounds or
 * chooses may jump where rounding tips a balance.
 */
final class BatchDependence implements SelfCheck {
  static final String FLAG = "batch-dependent";

  private static final double LIMIT = 0.01;
  private static final int SEVENS = 7;
  private static final int SHUFFLED = 32;

  /** One by one is slow; these suffice to see it. */
  private static final int SINGLE_IMAGES = 32;

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
                  "of %.1f%% of the images the model says something else when the batch is"
                      + " another one (1, 7 or all images, or a shuffled order); images that are"
                      + " judged together with attacked ones may give them away",
                  100 * share)));
    }
    return checks;
  }

  private static double share(Bench bench, Subject subject) {
    int all = bench.sample().size();
    int few = Math.min(SINGLE_IMAGES, all);
    int[] order = IntStream.range(0, all).toArray();
    float[] whole = bench.logits(subject);
    double single = moved(bench, subject, whole, IntStream.range(0, few).toArray(), 1);
    double sevens = moved(bench, subject, whole, order, SEVENS);
    double shuffled = moved(bench, subject, whole, shuffled(all, bench.context()), SHUFFLED);
    return Math.max(single, Math.max(sevens, shuffled));
  }

  private static double moved(
      Bench bench, Subject subject, float[] whole, int[] order, int batchSize) {
    int classes = whole.length / bench.sample().size();
    float[] before = new float[order.length * classes];
    float[] after = new float[order.length * classes];
    for (int from = 0; from < order.length; from += batchSize) {
      int to = Math.min(order.length, from + batchSize);
      try (NDManager scope = bench.context().manager().newSubManager()) {
        NDList rows = new NDList();
        for (int i = from; i < to; i++) {
          NDArray row = bench.sample().images().get(order[i]);
          row.attach(scope);
          rows.add(row);
          System.arraycopy(whole, order[i] * classes, before, i * classes, classes);
        }
        NDArray batch = NDArrays.stack(rows);
        batch.attach(scope);
        float[] logits = bench.logits(subject, batch);
        System.arraycopy(logits, 0, after, from * classes, logits.length);
      }
    }
    return Moved.share(before, after, order.length);
  }

  private static int[] shuffled(int count, RunContext context) {
    int[] order = IntStream.range(0, count).toArray();
    try (RunContext part = context.child("shuffled-order")) {
      SplittableRandom random = part.random();
      for (int i = count - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
      }
    }
    return order;
  }
}
