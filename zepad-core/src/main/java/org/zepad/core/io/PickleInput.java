package org.zepad.core.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.zepad.api.ZepadException;

/** Reads a range of a file from its start, in pieces, never beyond a limit. */
final class PickleInput {
  /** Pickles of public checkpoints are below one MiB. */
  static final long LIMIT = 32L << 20;

  private static final int PIECE = 1 << 16;
  private static final int MAX_LINE = 512;

  private final FileRange range;
  private final long end;
  private long position;
  private ByteBuffer piece = ByteBuffer.allocate(0);

  PickleInput(FileRange range) {
    this.range = range;
    this.end = Math.min(range.length(), LIMIT);
  }

  /** The bytes consumed so far. */
  long position() {
    return position;
  }

  int u8() {
    if (!piece.hasRemaining()) {
      need(1);
      piece = range.read(position, Math.min(PIECE, end - position));
    }
    position++;
    return piece.get() & 0xff;
  }

  /** An unsigned little-endian number of 1 to 8 bytes; one beyond 2^63 is negative. */
  long unsigned(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) u8() << (8 * i);
    }
    return value;
  }

  byte[] bytes(long count) {
    need(count);
    byte[] bytes = new byte[(int) count];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) u8();
    }
    return bytes;
  }

  String text(long count) {
    return new String(bytes(count), StandardCharsets.UTF_8);
  }

  /** A line, without its end. */
  String line() {
    StringBuilder line = new StringBuilder();
    for (int c = u8(); c != '\n'; c = u8()) {
      line.append((char) c);
      if (line.length() > MAX_LINE) {
        throw ZepadException.input(range.file() + ": a name in its pickle is too long");
      }
    }
    return line.toString();
  }

  private void need(long count) {
    if (count < 0 || count > end - position) {
      throw ZepadException.input(
          range.file()
              + ": its pickle ends too early, or is larger than "
              + (LIMIT >> 20)
              + " MiB: byte "
              + position
              + " asks for "
              + Long.toUnsignedString(count)
              + " more");
    }
  }
}
