package org.zepad.core.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;

/**
 * Reads files and folders of a tar archive one after the other: POSIX ustar and pax (IEEE 1003.1),
 * with GNU's long names. Links, devices and sparse files are refused, headers are checked by their
 * sums.
 */
final class TarInput {
  private static final int BLOCK = 512;
  private static final int MAX_NAME = 1 << 16;

  private final InputStream in;
  private final Function<String, ZepadException> damaged;
  private String name = "";
  private boolean folder;
  private long size;
  private long left;
  private long padding;

  /**
   * An archive.
   *
   * @param damaged makes the failure that is thrown, of what is wrong
   */
  TarInput(InputStream in, Function<String, ZepadException> damaged) {
    this.in = in;
    this.damaged = damaged;
  }

  String name() {
    return name;
  }

  boolean isFolder() {
    return folder;
  }

  long size() {
    return size;
  }

  /** The bytes of the entry; valid until the next. */
  InputStream data() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
          return -1;
        }
        int n = in.read(bytes, offset, (int) Math.min(length, left));
        if (n < 0) {
          throw damaged.apply("it ends within " + name);
        }
        left -= n;
        return n;
      }
    };
  }

  /** Goes to the next file or folder; false at the end. */
  boolean next() {
    @Nullable String longName = null;
    while (true) {
      skip(left + padding);
      byte[] header = block();
      if (isZero(header)) {
        return false;
      }
      check(header);
      size = octal(header, 124, 12);
      left = size;
      padding = (BLOCK - size % BLOCK) % BLOCK;
      int type = header[156];
      if (type == 'L') {
        longName = text(content(), 0, Integer.MAX_VALUE);
      } else if (type == 'x') {
        String path = pax(content());
        longName = path == null ? longName : path;
      } else if (type == 'g') {
        content();
      } else if (type == '0' || type == 0 || type == '7' || type == '5') {
        name = longName == null ? shortName(header) : longName;
        folder = type == '5' || name.endsWith("/");
        if (folder && size != 0) {
          throw damaged.apply("its folder " + name + " has a content");
        }
        return true;
      } else {
        throw damaged.apply(
            "its entry " + shortName(header) + " is a link or device (type " + (char) type + ")");
      }
    }
  }

  private static String shortName(byte[] header) {
    String own = text(header, 0, 100);
    boolean posix = text(header, 257, 5).equals("ustar") && header[262] == 0;
    String prefix = posix ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? own : prefix + "/" + own;
  }

  private void check(byte[] header) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 255;
    }
    if (sum != octal(header, 148, 8)) {
      throw damaged.apply("a header of it has a wrong sum");
    }
  }

  private byte[] content() {
    if (size > MAX_NAME) {
      throw damaged.apply("a name in it has " + size + " bytes");
    }
    byte[] bytes = new byte[(int) size];
    fill(bytes);
    left = 0;
    return bytes;
  }

  // Records "LENGTH KEY=VALUE\n", the length counting the whole record.
  private @Nullable String pax(byte[] bytes) {
    String path = null;
    int at = 0;
    while (at < bytes.length) {
      int space = at;
      while (space < bytes.length && bytes[space] >= '0' && bytes[space] <= '9') {
        space++;
      }
      if (space == at || space - at > 6 || space >= bytes.length || bytes[space] != ' ') {
        throw damaged.apply("an extended header of it is wrong");
      }
      int length = Integer.parseInt(new String(bytes, at, space - at, StandardCharsets.US_ASCII));
      if (length <= space - at + 1 || length > bytes.length - at) {
        throw damaged.apply("an extended header of it is wrong");
      }
      String record = new String(bytes, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
      if (record.startsWith("path=")) {
        path = record.substring(5);
      } else if (record.startsWith("size=") || record.startsWith("GNU.sparse.")) {
        throw damaged.apply("it uses " + record.substring(0, 5) + ", which is not read");
      }
      at += length;
    }
    return path;
  }

  private long octal(byte[] header, int from, int length) {
    if (header[from] < 0) {
      return base256(header, from, length);
    }
    String digits = text(header, from, length).strip();
    if (!digits.matches("[0-7]{1,12}")) {
      throw damaged.apply("a header of it has '" + digits + "' where a number is expected");
    }
    return Long.parseLong(digits, 8);
  }

  // GNU's form of numbers that have too many octal digits.
  private long base256(byte[] header, int from, int length) {
    long value = header[from] & 0x7f;
    for (int i = from + 1; i < from + length; i++) {
      if (value >> 54 != 0) {
        throw damaged.apply("a header of it has a number that is too large");
      }
      value = value << 8 | (header[i] & 255);
    }
    return value;
  }

  private static String text(byte[] bytes, int from, int length) {
    int end = from;
    while (end < bytes.length && end - from < length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  private static boolean isZero(byte[] block) {
    return Arrays.equals(block, new byte[BLOCK]);
  }

  private byte[] block() {
    byte[] block = new byte[BLOCK];
    fill(block);
    return block;
  }

  private void fill(byte[] bytes) {
    try {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw damaged.apply("it ends too early");
      }
    } catch (IOException e) {
      throw damaged.apply(String.valueOf(e.getMessage()));
    }
  }

  private void skip(long bytes) {
    try {
      in.skipNBytes(bytes);
    } catch (IOException e) {
      throw damaged.apply("it ends too early");
    }
    left = 0;
    padding = 0;
  }
}
