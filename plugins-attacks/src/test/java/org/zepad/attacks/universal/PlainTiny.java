package org.zepad.attacks.universal;

import java.util.stream.IntStream;
import org.zepad.testkit.TinyConvolutions;

/** The tiny encoder in plain loops and doubles: a slow and independent reference. */
public final class PlainTiny {
  private final double[] weight1;
  private final double[] bias1;
  private final double[] weight2;
  private final double[] bias2;

  public PlainTiny(TinyConvolutions encoder) {
    weight1 = doubles(encoder, "conv1.weight");
    bias1 = doubles(encoder, "conv1.bias");
    weight2 = doubles(encoder, "conv2.weight");
    bias2 = doubles(encoder, "conv2.bias");
  }

  private static double[] doubles(TinyConvolutions encoder, String name) {
    float[] values = encoder.state().get(name).toFloatArray();
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** The first layer of an image (3, S, S). */
  public double[] conv1(double[] image) {
    double[] centred = new double[image.length];
    for (int i = 0; i < image.length; i++) {
      centred[i] = image[i] - 0.5;
    }
    return convolve(centred, 3, weight1, bias1);
  }

  /** The second layer of an image. */
  public double[] conv2(double[] image) {
    return convolve(conv1(image), bias1.length, weight2, bias2);
  }

  /** The features of an image. */
  public double[] features(double[] image) {
    double[] map = conv2(image);
    int plane = map.length / bias2.length;
    double[] means = new double[bias2.length];
    for (int i = 0; i < map.length; i++) {
      means[i / plane] += map[i] / plane;
    }
    return means;
  }

  /** 3x3, stride 2, padding 1, then ReLU. */
  private static double[] convolve(double[] x, int channels, double[] weight, double[] bias) {
    int side = (int) Math.round(Math.sqrt((double) x.length / channels));
    int half = (side + 1) / 2;
    double[] y = new double[bias.length * half * half];
    for (int o = 0; o < y.length; o++) {
      int k = o / (half * half);
      double sum = bias[k];
      for (int w = 0; w < 9 * channels; w++) {
        int row = 2 * (o / half % half) + w / 3 % 3 - 1;
        int column = 2 * (o % half) + w % 3 - 1;
        if (row >= 0 && row < side && column >= 0 && column < side) {
          sum += weight[k * 9 * channels + w] * x[(w / 9 * side + row) * side + column];
        }
      }
      y[o] = Math.max(0, sum);
    }
    return y;
  }
}
