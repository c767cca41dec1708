package org.zepad.datasets.svhn;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.zepad.api.ZepadException;
import org.zepad.datasets.files.Records;

/**
 * The variables of a MATLAB 5.0 MAT-file (MathWorks, "MAT-File Format", level 5), either byte
 * order, compressed or not, as far as they are numeric arrays of unsigned bytes. Nothing is read
 * but their headers.
 */
final class MatFile {
  static final int COMPRESSED = 15;
  static final int MATRIX = 14;
  private static final int HEADER = 128;
  // A file of ours has two; more than this is no data set.
  private static final int MAX_ELEMENTS = 1000;
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};

  private MatFile() {}

  /**
   * The variables by name, in the order of the file.
   *
   * @throws ZepadException of kind INPUT if the file is damaged or of another format
   */
  static Map<String, MatVariable> variables(Path file) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      ByteOrder order = order(file, in);
      Map<String, MatVariable> variables = new LinkedHashMap<>();
      long at = HEADER;
      for (int n = 0; at < in.length(); n++) {
        if (n == MAX_ELEMENTS) {
          throw damaged(file, "it holds more than " + MAX_ELEMENTS + " variables");
        }
        ByteBuffer tag = bytes(in, at, 8).order(order);
        int type = tag.getInt();
        long length = Integer.toUnsignedLong(tag.getInt());
        if (type != COMPRESSED && type != MATRIX) {
          throw damaged(file, "at byte " + at + " is no variable");
        }
        if (length > in.length() - at - 8) {
          throw damaged(
              file,
              "the variable at byte "
                  + at
                  + " should have "
                  + length
                  + " bytes, "
                  + (in.length() - at - 8)
                  + " are left in the file");
        }
        Optional<MatVariable> variable =
            MatVariable.open(file, at + 8, length, type == COMPRESSED, order);
        if (variable.isPresent()
            && variables.putIfAbsent(variable.get().name(), variable.get()) != null) {
          throw damaged(file, "it holds the variable " + variable.get().name() + " twice");
        }
        // Compressed variables follow each other without padding, as MATLAB writes them.
        at += 8 + length;
      }
      return variables;
    } catch (EOFException e) {
      throw damaged(file, "it ends within a header");
    } catch (IOException e) {
      throw Records.unreadable(file, e);
    }
  }

  private static ByteOrder order(Path file, RandomAccessFile in) throws IOException {
    if (in.length() < HEADER) {
      throw damaged(file, "it has " + in.length() + " bytes, less than its header");
    }
    byte[] header = bytes(in, 0, HEADER).array();
    String text = new String(header, 0, 10, StandardCharsets.ISO_8859_1);
    if (text.equals("MATLAB 7.3") || startsWith(header, HDF5)) {
      throw ZepadException.input(
          file
              + " is of MATLAB's version 7.3, which is HDF5 and not read. The official files are of"
              + " version 5: download the file again, or save X and y with the option -v7 in"
              + " MATLAB, or with scipy.io.savemat and do_compression=True");
    }
    String mark = new String(header, 126, 2, StandardCharsets.ISO_8859_1);
    ByteOrder order = mark.equals("MI") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    if ((!mark.equals("MI") && !mark.equals("IM"))
        || ByteBuffer.wrap(header, 124, 2).order(order).getShort() != 0x0100) {
      throw damaged(file, "it has no header of a MATLAB 5.0 MAT-file");
    }
    return order;
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return ByteBuffer.wrap(bytes, 0, start.length).equals(ByteBuffer.wrap(start));
  }

  private static ByteBuffer bytes(RandomAccessFile in, long at, int count) throws IOException {
    byte[] bytes = new byte[count];
    in.seek(at);
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }

  static ZepadException damaged(Path file, String what) {
    return ZepadException.input(
        file + " is damaged or no MATLAB file: " + what + ". Download it again");
  }
}
