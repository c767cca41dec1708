package org.zepad.cli;

import java.nio.file.Path;

/** What servers call a model that nobody named. */
final class ModelName {
  private static final int LONGEST = 100;

  private ModelName() {}

  /**
   * A name of letters, digits, '.', '_' and '-', from that of a bundle or an exported file.
   *
   * @param model the bundle's folder, or the file; need not exist
   */
  static String of(Path model) {
    Path last = model.toAbsolutePath().normalize().getFileName();
    String text = last == null ? "" : last.toString().replaceFirst("\\.onnx$", "");
    String plain = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
    return plain.isEmpty() ? "model" : plain.substring(0, Math.min(LONGEST, plain.length()));
  }
}
