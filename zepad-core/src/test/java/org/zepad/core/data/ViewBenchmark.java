package org.zepad.core.data;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.ssl.ViewSpec;

/** One augmented view of one image, with every change that SimCLR makes: what a loader repeats. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ViewBenchmark {
  private static final ViewSpec SIMCLR =
      new ViewSpec(0.08, 1, 0.5, 0.8, 0.8, 0.8, 0.8, 0.2, 0.2, 0.5, 0, 1);

  /** Side of the image and of the view, in pixels. */
  @Param({"32", "64"})
  public int side;

  private final ViewMaker views = new ViewMaker();
  private final SplittableRandom random = new SplittableRandom(1);
  private RgbImage image;
  private float[] out;

  /** Draws the image. */
  @Setup
  public void draw() {
    image = new NoiseImages(1, 1, side, side).image(0);
    out = new float[3 * side * side];
  }

  /** Gives the view, so that it is not optimised away. */
  @Benchmark
  public float[] view() {
    views.make(image, SIMCLR, side, random, out, 0);
    return out;
  }
}
