package org.zepad.core.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.zepad.api.ZepadException;

/** Opens a file of tensors whatever its format. */
public final class TensorFiles {
  private TensorFiles() {}

  /**
   * Opens and checks a file: safetensors, or a checkpoint of PyTorch or Lightning.
   *
   * @throws ZepadException of kind INPUT, naming the file and what is wrong with it
   */
  public static TensorFile open(Path file) {
    if (!Files.exists(file)) {
      throw ZepadException.input(file + ": no such file");
    }
    return isSafetensors(file) ? Safetensors.readHeader(file) : TorchCheckpoint.open(file);
  }

  /** By its name, or, whatever its name, by the brace that opens its header. */
  private static boolean isSafetensors(Path file) {
    byte[] head = TorchCheckpoint.head(file);
    boolean brace = head.length > 8 && head[8] == '{';
    boolean named = file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors");
    return brace || (named && !TorchCheckpoint.isNoTensorFile(head));
  }
}
