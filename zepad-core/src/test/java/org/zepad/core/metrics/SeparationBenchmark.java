package org.zepad.core.metrics;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The area under the ROC curve of 10,000 benign and 10,000 attacked images. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SeparationBenchmark {
  private final float[] benign = scores(1);
  private final float[] attacked = scores(2);

  private static float[] scores(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] scores = new float[10_000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) random.nextDouble();
    }
    return scores;
  }

  /** Gives the area, so that it is not optimised away. */
  @Benchmark
  public double auroc() {
    return Separation.auroc(benign, attacked);
  }
}
