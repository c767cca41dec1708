package org.zepad.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.encoder.Preprocessing;

/**
 * Mean and standard deviation of each channel over all pixels of some images, in pixel units 0..1.
 * Counted in whole numbers, so the order of the images does not matter; the deviation is that of
 * the population.
 */
public record ChannelStatistics(List<Double> mean, List<Double> std) {
  public ChannelStatistics {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /**
   * Counts.
   *
   * @throws ZepadException of kind INPUT if there is no image
   */
  public static ChannelStatistics of(Images images, int[] indices) {
    if (indices.length == 0) {
      throw ZepadException.input("no images to take the mean and standard deviation of");
    }
    long[] sum = new long[3];
    long[] squares = new long[3];
    long pixels = 0;
    for (int index : indices) {
      RgbImage image = images.image(index);
      byte[] bytes = image.planes();
      int plane = bytes.length / 3;
      pixels += plane;
      for (int c = 0; c < 3; c++) {
        for (int i = c * plane; i < (c + 1) * plane; i++) {
          long value = bytes[i] & 255;
          sum[c] += value;
          squares[c] += value * value;
        }
      }
    }
    double n = pixels;
    double[] mean = Arrays.stream(sum).mapToDouble(s -> s / n).toArray();
    double[] std =
        LongStream.range(0, 3).mapToDouble(c -> deviation(squares, mean, n, (int) c)).toArray();
    return new ChannelStatistics(scaled(mean), scaled(std));
  }

  /**
   * A preprocessing with these statistics. A channel that never changes is divided by 1/255, the
   * least step of a pixel, instead of by zero.
   */
  public Preprocessing preprocessing(int size) {
    return new Preprocessing(size, mean, std.stream().map(s -> Math.max(s, 1.0 / 255)).toList());
  }

  private static double deviation(long[] squares, double[] mean, double n, int c) {
    return Math.sqrt(Math.max(0, squares[c] / n - mean[c] * mean[c]));
  }

  private static List<Double> scaled(double[] values) {
    return DoubleStream.of(values).map(v -> v / 255).boxed().toList();
  }
}
