package org.zepad.core.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.zepad.core.onnx.OnnxValue.Floats;
import org.zepad.core.onnx.OnnxValue.Result;

/** The weights of convolutions that take over what stands before or behind them. */
final class Folding {
  private Folding() {}

  /** A convolution's weights in the making. */
  record Weights(float[] weight, float[] bias) {}

  /**
   * The affine map that a batch norm is, behind a convolution.
   *
   * @param weight (K, ...)
   * @param bias (K), or null for none
   */
  static Weights behind(
      float[] weight,
      float @Nullable [] bias,
      float[] scale,
      float[] shift,
      float[] mean,
      float[] variance,
      double epsilon) {
    int outputs = scale.length;
    int each = weight.length / outputs;
    float[] folded = new float[weight.length];
    float[] moved = new float[outputs];
    for (int k = 0; k < outputs; k++) {
      double factor = scale[k] / Math.sqrt(variance[k] + epsilon);
      for (int i = k * each; i < (k + 1) * each; i++) {
        folded[i] = (float) (factor * weight[i]);
      }
      moved[k] = (float) (factor * ((bias == null ? 0 : bias[k]) - mean[k]) + shift[k]);
    }
    return new Weights(folded, moved);
  }

  /**
   * The normalisation (x - mean) / std of each channel, before a convolution without padding. With
   * padding it cannot be: the zeros of the padding are zeros of normalised pixels.
   *
   * @param weight (K, C, h, w)
   * @param channels the number of channels C
   * @param bias (K), or null for none
   */
  static Weights before(
      float[] weight,
      int channels,
      int outputs,
      float @Nullable [] bias,
      float[] mean,
      float[] std) {
    int each = weight.length / outputs;
    int window = each / channels;
    float[] folded = new float[weight.length];
    float[] moved = new float[outputs];
    for (int k = 0; k < outputs; k++) {
      double constant = bias == null ? 0 : bias[k];
      for (int i = 0; i < each; i++) {
        int channel = i / window;
        double w = weight[k * each + i] / (double) std[channel];
        folded[k * each + i] = (float) w;
        constant -= w * mean[channel];
      }
      moved[k] = (float) constant;
    }
    return new Weights(folded, moved);
  }

  /**
   * What a value subtracts and divides by for each channel.
   *
   * @param x what is normalised
   */
  record Normalisation(OnnxValue x, float[] mean, float[] std) {

    /** The normalisation that a value is the result of, or null if it is none. */
    static @Nullable Normalisation of(OnnxValue value) {
      if (value instanceof Result quotient
          && quotient.operator() == Operator.DIV
          && quotient.operands().get(1) instanceof Floats std
          && isPerChannel(std)
          && quotient.operands().get(0) instanceof Result difference
          && difference.operator() == Operator.SUB
          && difference.operands().get(1) instanceof Floats mean
          && isPerChannel(mean)
          && mean.values().length == std.values().length) {
        return new Normalisation(difference.operands().get(0), mean.values(), std.values());
      }
      return null;
    }

    private static boolean isPerChannel(Floats values) {
      return Arrays.equals(values.shape(), new long[] {1, values.values().length, 1, 1});
    }
  }
}
