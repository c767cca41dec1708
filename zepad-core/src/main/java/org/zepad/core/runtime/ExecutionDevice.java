package org.zepad.core.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import org.zepad.api.ZepadException;
import org.zepad.core.runtime.RuntimeOptions.DeviceChoice;

/**
 * Where a model runs.
 *
 * @param name {@code CPU} or {@code CUDA:N}
 * @param reason why there
 */
public record ExecutionDevice(String name, String reason) {
  private static final String CPU = "CPU";

  /**
   * Chooses, and sets the options of the session accordingly.
   *
   * @throws ZepadException of kind ENVIRONMENT if CUDA is demanded and cannot be had, saying what
   *     is missing
   */
  static ExecutionDevice choose(RuntimeOptions wanted, SessionOptions options) {
    if (wanted.device() == DeviceChoice.CPU) {
      return new ExecutionDevice(CPU, "asked for");
    }
    boolean demanded = wanted.device() == DeviceChoice.CUDA;
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      if (demanded) {
        throw ZepadException.environment(
            "CUDA is asked for, but this program holds the build of ONNX Runtime for CPUs. Build"
                + " ZePAD with the Maven profile 'cuda', or use --device cpu.",
            null);
      }
      return new ExecutionDevice(CPU, "this build of ONNX Runtime is for CPUs");
    }
    try {
      options.addCUDA(wanted.number());
      return new ExecutionDevice(
          "CUDA:" + wanted.number(), demanded ? "asked for" : "there is such a device");
    } catch (OrtException e) {
      String missing = String.valueOf(e.getMessage()).strip();
      if (demanded) {
        throw ZepadException.environment(
            "CUDA is asked for, but ONNX Runtime cannot use device "
                + wanted.number()
                + ": "
                + missing
                + ". It needs a driver, CUDA 12 and cuDNN 9 on the library path; or use"
                + " --device cpu.",
            e);
      }
      return new ExecutionDevice(CPU, "CUDA cannot be used: " + missing);
    }
  }

  /** Whether it is the CPU. */
  boolean isCpu() {
    return name.equals(CPU);
  }

  @Override
  public String toString() {
    return name + " (" + reason + ")";
  }
}
