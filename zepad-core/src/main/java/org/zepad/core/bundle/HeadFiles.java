package org.zepad.core.bundle;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.core.head.Head;
import org.zepad.core.io.Safetensors;

/** A head as one safetensors file: its tensors under their public names. */
final class HeadFiles {
  private HeadFiles() {}

  static void save(Head head, Path file) {
    Safetensors.write(file, head.state().tensors(), Map.of("zepad.head", "1"));
  }

  /**
   * Reads a head.
   *
   * @param features how many features its encoder gives
   * @param classes how many classes its task has
   * @param owner the scope that it lives in
   * @throws ZepadException of kind INPUT if the tensors are not those of such a head
   */
  static Head load(Path file, int features, int classes, NDManager owner) {
    Head head = new Head(owner, features, classes, Head.DROPOUT, 0);
    try (NDManager scope = owner.newSubManager()) {
      Map<String, NDArray> tensors = Safetensors.read(file, scope).tensors();
      for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
        if (tensor.getValue().getDataType() != DataType.FLOAT32) {
          throw new IllegalArgumentException(tensor.getKey() + " is not float32");
        }
      }
      head.state().load(tensors);
    } catch (IllegalArgumentException e) {
      head.close();
      throw ZepadException.input(
          file
              + " is no head for "
              + features
              + " features and "
              + classes
              + " classes: "
              + e.getMessage(),
          e);
    }
    return head;
  }
}
