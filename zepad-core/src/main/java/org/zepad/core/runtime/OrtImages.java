package org.zepad.core.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.zepad.api.ZepadException;
import org.zepad.core.onnx.ModelInfo.InputForm;

/** What every model of ours needs of ONNX Runtime. */
final class OrtImages {
  private OrtImages() {}

  /**
   * The library.
   *
   * @throws ZepadException of kind ENVIRONMENT if it does not load
   */
  static OrtEnvironment environment() {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
      return environment;
    } catch (OrtException | LinkageError | RuntimeException e) {
      throw ZepadException.environment(
          "The library of ONNX Runtime does not load on this machine: " + e, e);
    }
  }

  /**
   * Images in the form that a model wants.
   *
   * @param pixels unsigned bytes, from position 0
   * @param shape (N, 3, H, W)
   * @return to be closed
   */
  static OnnxTensor tensor(InputForm form, ByteBuffer pixels, long... shape) throws OrtException {
    OrtEnvironment environment = environment();
    if (form == InputForm.UINT8) {
      return OnnxTensor.createTensor(environment, pixels, shape, OnnxJavaType.UINT8);
    }
    float[] floats = new float[pixels.remaining()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (pixels.get(i) & 255) / 255f;
    }
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(floats), shape);
  }
}
