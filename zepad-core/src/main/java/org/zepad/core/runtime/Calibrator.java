package org.zepad.core.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.core.onnx.CalibrationModel;
import org.zepad.core.onnx.ModelInfo;
import org.zepad.core.onnx.Range;

/** Finds between which numbers the inner values of a model lie. Not thread-safe; to be closed. */
public final class Calibrator implements AutoCloseable {
  private final CalibrationModel model;
  private final OrtSession session;
  private final Map<String, Range> ranges = new HashMap<>();

  /**
   * Loads a model, to be run on the CPU.
   *
   * @param threads how many threads compute; 0: one for each core
   */
  public Calibrator(CalibrationModel model, int threads) {
    this.model = model;
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      this.session = OrtImages.environment().createSession(model.bytes(), options);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses a model of ours", e);
    }
  }

  /**
   * Looks at images.
   *
   * @param pixels for each image its red plane row by row, then green, then blue; unsigned bytes
   * @throws ZepadException of kind INPUT if numbers are not finite
   */
  public void observe(byte[] pixels, int count, int height, int width) {
    try (OnnxTensor images =
            OrtImages.tensor(model.input(), ByteBuffer.wrap(pixels), count, 3, height, width);
        OrtSession.Result result = session.run(Map.of(ModelInfo.IMAGES, images))) {
      for (String name : model.names()) {
        float greatest = number(result, CalibrationModel.greatest(name));
        float least = -number(result, CalibrationModel.greatestNegative(name));
        if (!Float.isFinite(greatest) || !Float.isFinite(least)) {
          throw ZepadException.input("the value " + name + " of the model is not finite");
        }
        ranges.merge(name, new Range(least, greatest), Range::with);
      }
    } catch (OrtException e) {
      throw ZepadException.environment("ONNX Runtime failed to calibrate: " + e.getMessage(), e);
    }
  }

  private static float number(OrtSession.Result result, String name) throws OrtException {
    return (Float) result.get(name).orElseThrow().getValue();
  }

  /** The ranges over all images so far; empty before the first. */
  public Map<String, Range> ranges() {
    return Map.copyOf(ranges);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed to close its session", e);
    }
  }
}
