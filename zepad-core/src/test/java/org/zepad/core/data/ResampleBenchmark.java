package org.zepad.core.data;

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

/** One image resized to an encoder's 32 pixels: what every picture goes through once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ResampleBenchmark {
  private static final int SIZE = 32;

  /** Side of the image in pixels: as it is, a little larger, a photograph. */
  @Param({"32", "96", "512"})
  public int side;

  private final Resampler resampler = new Resampler();
  private final float[] out = new float[3 * SIZE * SIZE];
  private RgbImage image;

  /** Draws the image. */
  @Setup
  public void draw() {
    image = new NoiseImages(1, 1, side, side).image(0);
  }

  /** Gives the resized image, so that it is not optimised away. */
  @Benchmark
  public float[] resample() {
    resampler.resample(image, 0, 0, side, side, SIZE, false, 1 / 255f, out, 0);
    return out;
  }

  /** The SHA-256 by which caches know the image. */
  @Benchmark
  public byte[] fingerprint() {
    return Fingerprint.of(image);
  }
}
