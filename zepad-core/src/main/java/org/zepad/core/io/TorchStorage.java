package org.zepad.core.io;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;

/** A flat run of elements in a file, on which tensors are views. */
final class TorchStorage {
  private static final int CHUNK = 1 << 20;

  private final String label;
  private final ElementType type;
  private final long elements;
  private @Nullable FileRange range;
  private long crc = -1;

  /**
   * A storage whose place in the file may follow later.
   *
   * @param label the file and the storage's name, for messages
   * @param type the element type
   * @param elements the number of elements, not negative
   */
  TorchStorage(String label, ElementType type, long elements) {
    this.label = label;
    this.type = type;
    this.elements = elements;
    if (elements < 0 || elements > Long.MAX_VALUE / 8) {
      throw ZepadException.input(label + " claims " + elements + " elements");
    }
  }

  ElementType type() {
    return type;
  }

  long elements() {
    return elements;
  }

  /** Says where the bytes lie; they must suffice. */
  void place(FileRange bytes) {
    if (bytes.length() < elements * type.bytes()) {
      throw ZepadException.input(
          label
              + " needs "
              + elements * type.bytes()
              + " bytes for "
              + elements
              + " elements, the file has "
              + bytes.length());
    }
    range = bytes;
  }

  /** States the CRC-32 of the placed range, to be checked before the first read. */
  void expectCrc(long expected) {
    crc = expected;
  }

  /** Reads consecutive elements, which must lie inside. */
  ByteBuffer read(long first, long count) {
    FileRange bytes = range;
    if (bytes == null) {
      throw ZepadException.input(label + " is not in the file");
    }
    if (crc >= 0) {
      verify(label, bytes, crc);
      crc = -1;
    }
    return bytes.read(first * type.bytes(), count * type.bytes());
  }

  /** Compares the CRC-32 of a range with the one that the zip directory states. */
  static void verify(String label, FileRange range, long expected) {
    CRC32 actual = new CRC32();
    for (long at = 0; at < range.length(); at += CHUNK) {
      actual.update(range.read(at, Math.min(CHUNK, range.length() - at)));
    }
    if (actual.getValue() != expected) {
      throw ZepadException.input(
          label
              + " is damaged: its checksum is not the one in the zip directory. Fetch the file again");
    }
  }
}
