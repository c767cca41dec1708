package org.zepad.core.io;

import java.nio.file.Path;
import java.util.Map;

/** A file of named tensors that was opened and checked, whatever its format. */
public interface TensorFile {

  /** Where it lies. */
  Path file();

  /** Its format, for a person: {@code safetensors}, {@code PyTorch zip}, {@code PyTorch legacy}. */
  String format();

  /** Its tensors by name, in the order of the file, unmodifiable. */
  Map<String, StoredTensor> tensors();

  /**
   * Facts that are no tensors: the metadata of a safetensors file, the hyper-parameters of a
   * Lightning checkpoint. Keys are dotted paths; values are strings, numbers and booleans.
   */
  Map<String, Object> facts();
}
