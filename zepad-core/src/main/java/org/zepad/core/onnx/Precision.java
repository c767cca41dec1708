package org.zepad.core.onnx;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * With what numbers an exported model's encoders compute; heads, fusion and detector keep float32.
 */
public enum Precision {
  /** Float32, as the training engine computes. */
  @JsonProperty("fp32")
  FP32,
  /** Float16: half the file, and for GPUs; a CPU computes it in float32. */
  @JsonProperty("fp16")
  FP16,
  /** Bytes, by scales that were calibrated on benign images; for CPUs. */
  @JsonProperty("int8")
  INT8
}
