package org.zepad.core.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Texts that are packed beside a class. */
public final class TextResource {
  private TextResource() {}

  /**
   * Reads one, its lines ending in a line feed alone.
   *
   * @param resource opened by the class that owns it, since a module gives it to nobody else
   */
  public static String read(@Nullable InputStream resource) {
    try (InputStream in = Objects.requireNonNull(resource, "a resource is missing")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
