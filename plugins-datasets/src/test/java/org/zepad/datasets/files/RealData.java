package org.zepad.datasets.files;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.zepad.api.dataset.Images;

/** The real images, where there are any. */
public final class RealData {
  private RealData() {}

  /** The folder of real data sets; the calling test is skipped, saying so, without this one. */
  public static Path root(String dataset) {
    Path datasets = Path.of(System.getProperty("zepad.datasets", "datasets"));
    assumeTrue(
        Files.isDirectory(datasets.resolve(dataset)),
        () ->
            "no " + dataset + " in " + datasets + "; name the folder above with -Dzepad.datasets");
    return datasets;
  }

  /** How many images of each class there are. */
  public static int[] counts(Images images, int classes) {
    int[] counts = new int[classes];
    labels(images).forEach(label -> counts[label]++);
    return counts;
  }

  /** The labels in order. */
  public static IntStream labels(Images images) {
    return IntStream.range(0, images.size()).map(images::label);
  }

  /** The mean of each channel over all images, 0 to 255. */
  public static double[] means(Images images) {
    double[] sums = new double[3];
    long pixels = 0;
    for (int i = 0; i < images.size(); i++) {
      byte[] planes = images.image(i).planes();
      int plane = planes.length / 3;
      for (int p = 0; p < planes.length; p++) {
        sums[p / plane] += planes[p] & 255;
      }
      pixels += plane;
    }
    for (int c = 0; c < 3; c++) {
      sums[c] /= pixels;
    }
    return sums;
  }
}
