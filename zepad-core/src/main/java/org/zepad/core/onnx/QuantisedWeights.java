package org.zepad.core.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Weights in signed bytes, with a scale for each output channel and zero at zero.
 *
 * @param bytes of the weights, in their order
 * @param scales (K) of the output channels; weight = scale * byte
 */
record QuantisedWeights(byte[] bytes, float[] scales) {
  private static final int GREATEST = 127;

  /**
   * Quantises weights; the greatest of a channel becomes {@value #GREATEST}.
   *
   * @param axis the axis of the output channels
   */
  static QuantisedWeights of(float[] weights, long[] shape, int axis) {
    int channels = Math.toIntExact(shape[axis]);
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= Math.toIntExact(shape[i]);
    }
    float[] scales = new float[channels];
    for (int i = 0; i < weights.length; i++) {
      int channel = i / inner % channels;
      scales[channel] = Math.max(scales[channel], Math.abs(weights[i]));
    }
    for (int k = 0; k < channels; k++) {
      // A channel of zeros has any scale.
      scales[k] = scales[k] < Float.MIN_NORMAL * GREATEST ? 1 : scales[k] / GREATEST;
    }
    byte[] bytes = new byte[weights.length];
    for (int i = 0; i < weights.length; i++) {
      bytes[i] = (byte) Math.round(weights[i] / scales[i / inner % channels]);
    }
    return new QuantisedWeights(bytes, scales);
  }

  /** The scales of products with an input of one scale. */
  float[] scalesOfProducts(float input) {
    float[] products = new float[scales.length];
    for (int k = 0; k < products.length; k++) {
      products[k] = scales[k] * input;
    }
    return products;
  }

  /** Numbers as 32-bit integers, each at its scale; little-endian. */
  static byte[] integers(float[] numbers, float[] scales) {
    ByteBuffer all =
        ByteBuffer.allocate(numbers.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int k = 0; k < numbers.length; k++) {
      // Math.round would end at a long's range; what is beyond an int's ends there.
      all.putInt((int) Math.rint((double) numbers[k] / scales[k]));
    }
    return all.array();
  }
}
