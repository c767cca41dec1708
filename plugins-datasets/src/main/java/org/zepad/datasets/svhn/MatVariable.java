package org.zepad.datasets.svhn;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.zepad.api.ZepadException;
import org.zepad.datasets.files.Records;

/**
 * An array of unsigned bytes in a MATLAB file, not yet read.
 *
 * @param file where it is
 * @param at where its element starts in the file, after the tag
 * @param stored bytes of its element in the file
 * @param compressed whether the element is deflated
 * @param order of the file
 * @param name of the variable
 * @param dimensions its size, column-major
 * @param length the number of bytes: the product of its dimensions
 */
record MatVariable(
    Path file,
    long at,
    long stored,
    boolean compressed,
    ByteOrder order,
    String name,
    List<Integer> dimensions,
    int length) {
  private static final int INT8 = 1;
  private static final int UINT8 = 2;
  private static final int INT32 = 5;
  private static final int UINT32 = 6;
  private static final int UINT8_CLASS = 9;
  private static final int COMPLEX = 0x800;
  // A deflated byte stands for at most 1032 bytes (RFC 1951).
  private static final long MAX_INFLATION = 1032;
  private static final int MAX_HEADER = 1024;
  // More than twice the official training images.
  private static final long MAX_LENGTH = 1 << 29;

  /** Reads the header; empty if the variable is of another type. */
  static Optional<MatVariable> open(
      Path file, long at, long stored, boolean compressed, ByteOrder order) {
    try (InputStream in = stream(file, at, compressed)) {
      return header(new MatInput(in, order), file, at, stored, compressed);
    } catch (EOFException | ZipException e) {
      throw MatFile.damaged(file, "the variable at byte " + at + " has no whole header: " + e);
    } catch (IOException e) {
      throw Records.unreadable(file, e);
    }
  }

  /**
   * Reads the array into memory; at most 512 MiB, and at most 1032 times the file.
   *
   * @throws ZepadException of kind INPUT if the file is damaged
   */
  byte[] read() {
    try (InputStream in = stream(file, at, compressed)) {
      MatInput input = new MatInput(in, order);
      header(input, file, at, stored, compressed);
      byte[] bytes = input.bytes(length);
      if (compressed) {
        // At its end the inflater compares the checksum; there is only padding before it.
        if (in.readNBytes(8).length == 8) {
          throw MatFile.damaged(file, "the variable " + name + " is longer than it says");
        }
      }
      return bytes;
    } catch (EOFException | ZipException e) {
      throw MatFile.damaged(
          file, "the " + length + " bytes of the variable " + name + " cannot be read: " + e);
    } catch (IOException e) {
      throw Records.unreadable(file, e);
    }
  }

  private static InputStream stream(Path file, long at, boolean compressed) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.skipNBytes(at);
    } catch (IOException e) {
      in.close();
      throw e;
    }
    return compressed ? new InflaterInputStream(in) : in;
  }

  // Leaves the input at the first byte of the array.
  private static Optional<MatVariable> header(
      MatInput in, Path file, long at, long stored, boolean compressed) throws IOException {
    long limit = Math.min(MAX_LENGTH, compressed ? MAX_INFLATION * stored : stored);
    if (compressed && in.tag().type() != MatFile.MATRIX) {
      throw MatFile.damaged(file, "the variable at byte " + at + " is no array");
    }
    MatInput.Tag flags = in.tag();
    if (flags.type() != UINT32 || flags.length() != 8) {
      throw MatFile.damaged(file, "the variable at byte " + at + " has no array flags");
    }
    int flag = in.integer();
    in.integer();
    if ((flag & 0xff) != UINT8_CLASS || (flag & COMPLEX) != 0) {
      return Optional.empty();
    }
    MatInput.Tag size = in.tag();
    if (size.type() != INT32 || size.length() % 4 != 0 || size.length() > MAX_HEADER) {
      throw MatFile.damaged(file, "the variable at byte " + at + " has no dimensions");
    }
    List<Integer> dimensions = new ArrayList<>();
    long length = 1;
    for (int i = 0; i < size.length() / 4; i++) {
      int dimension = in.integer();
      length *= dimension;
      // Bounded in each step, so that the product cannot overflow.
      if (dimension < 0 || length > limit) {
        throw MatFile.damaged(
            file,
            "the variable at byte "
                + at
                + " claims more than the "
                + limit
                + " bytes that "
                + stored
                + " bytes of the file may hold");
      }
      dimensions.add(dimension);
    }
    in.pad(size);
    MatInput.Tag letters = in.tag();
    if (letters.type() != INT8 || letters.length() > MAX_HEADER) {
      throw MatFile.damaged(file, "the variable at byte " + at + " has no name");
    }
    String name = in.text(letters);
    MatInput.Tag data = in.tag();
    if (data.type() != UINT8 || data.length() != length) {
      throw MatFile.damaged(
          file,
          "the variable "
              + name
              + " of the size "
              + dimensions
              + " has "
              + data.length()
              + " bytes of type "
              + data.type()
              + ", expected "
              + length
              + " of type 2, unsigned bytes");
    }
    return Optional.of(
        new MatVariable(
            file, at, stored, compressed, in.order(), name, List.copyOf(dimensions), (int) length));
  }
}
