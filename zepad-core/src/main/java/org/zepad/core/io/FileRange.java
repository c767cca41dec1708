package org.zepad.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.zepad.api.ZepadException;

/**
 * A range of bytes of a file.
 *
 * @param file the file
 * @param offset where the range starts, in bytes
 * @param length its length in bytes
 */
record FileRange(Path file, long offset, long length) {

  /** Reads a part of this range, which must lie inside it, into a new little-endian buffer. */
  ByteBuffer read(long start, long count) {
    if (start < 0 || count < 0 || start > length - count || count > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(start + "+" + count + " is outside of " + this);
    }
    ByteBuffer buffer = ByteBuffer.allocateDirect((int) count).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      long position = offset + start;
      while (buffer.hasRemaining()) {
        int n = channel.read(buffer, position);
        if (n < 0) {
          throw ZepadException.input(file + ": it became shorter while it was being read");
        }
        position += n;
      }
    } catch (IOException e) {
      throw ZepadException.input(file + ": cannot be read: " + Failures.reason(e), e);
    }
    return buffer.flip();
  }
}
