package org.zepad.datasets.svhn;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the elements of a MATLAB file. Each has a tag of type and length and is padded to 8 bytes;
 * one of at most 4 bytes may share 8 bytes with its tag.
 *
 * @param stream where it reads
 * @param order of its numbers
 */
record MatInput(InputStream stream, ByteOrder order) {

  /**
   * What stands before an element.
   *
   * @param type of the numbers
   * @param length in bytes
   * @param small whether tag and element share 8 bytes
   */
  record Tag(int type, long length, boolean small) {
    private int padding() {
      return (int) (small ? 4 - length : -length & 7);
    }
  }

  Tag tag() throws IOException {
    int first = integer();
    if (first >>> 16 == 0) {
      return new Tag(first, Integer.toUnsignedLong(integer()), false);
    }
    if (first >>> 16 > 4) {
      throw new EOFException("a small element of more than 4 bytes");
    }
    return new Tag(first & 0xffff, first >>> 16, true);
  }

  int integer() throws IOException {
    return ByteBuffer.wrap(bytes(4)).order(order).getInt();
  }

  /** Reads bytes; the caller bounds their number. */
  byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    int there = stream.readNBytes(bytes, 0, count);
    if (there < count) {
      throw new EOFException(there + " of " + count + " bytes are there");
    }
    return bytes;
  }

  /** Reads an element of letters and its padding. */
  String text(Tag tag) throws IOException {
    String text = new String(bytes((int) tag.length()), StandardCharsets.US_ASCII);
    pad(tag);
    return text;
  }

  /** Skips the padding after an element. */
  void pad(Tag tag) throws IOException {
    stream.skipNBytes(tag.padding());
  }
}
