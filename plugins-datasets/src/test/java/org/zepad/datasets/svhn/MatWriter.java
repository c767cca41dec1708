package org.zepad.datasets.svhn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes the MATLAB files that the tests read. */
final class MatWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteOrder order;
  private final boolean compressed;

  MatWriter(ByteOrder order, boolean compressed) {
    this.order = order;
    this.compressed = compressed;
    ByteBuffer header = ByteBuffer.allocate(128).order(order);
    header.put("MATLAB 5.0 MAT-file, made by a test".getBytes(StandardCharsets.US_ASCII));
    header.putShort(124, (short) 0x0100).putShort(126, (short) ('M' << 8 | 'I'));
    out.writeBytes(header.array());
  }

  MatWriter bytes(String name, byte[] data, int... dimensions) {
    return array(9, name, data, dimensions);
  }

  MatWriter array(int type, String name, byte[] data, int... dimensions) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(element(6, numbers(type, 0)));
    body.writeBytes(element(5, numbers(dimensions)));
    body.writeBytes(element(1, name.getBytes(StandardCharsets.US_ASCII)));
    body.writeBytes(element(2, data));
    return raw(body.toByteArray());
  }

  // The inside of a matrix.
  MatWriter raw(byte[] body) {
    byte[] matrix = concat(numbers(14, body.length), body);
    if (!compressed) {
      out.writeBytes(matrix);
      return this;
    }
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate =
        new DeflaterOutputStream(deflated, new Deflater(Deflater.BEST_SPEED))) {
      deflate.write(matrix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.writeBytes(numbers(15, deflated.size()));
    out.writeBytes(deflated.toByteArray());
    return this;
  }

  byte[] file() {
    return out.toByteArray();
  }

  byte[] element(int type, byte[] data) {
    if (data.length >= 1 && data.length <= 4) {
      return concat(numbers(data.length << 16 | type), Arrays.copyOf(data, 4));
    }
    return concat(
        numbers(type, data.length), Arrays.copyOf(data, data.length + (-data.length & 7)));
  }

  byte[] numbers(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(order);
    for (int value : values) {
      buffer.putInt(value);
    }
    return buffer.array();
  }

  static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
