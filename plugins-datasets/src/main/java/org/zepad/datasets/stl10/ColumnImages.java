package org.zepad.datasets.stl10;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;
import org.zepad.datasets.files.ColumnMajor;
import org.zepad.datasets.files.Records;

/**
 * A pair of files: records of 3 planes of 96x96 bytes, each plane column by column as MATLAB has
 * it, mapped into memory; and a byte for each label, 1 to 10, read and checked once. Thread-safe.
 */
final class ColumnImages implements Images {
  static final int CLASSES = 10;
  private static final int SIDE = 96;
  private static final int RECORD = 3 * SIDE * SIDE;

  private final ByteBuffer pixels;
  private final byte[] labels;

  private ColumnImages(ByteBuffer pixels, byte[] labels) {
    this.pixels = pixels;
    this.labels = labels;
  }

  static ColumnImages open(Path pixelFile, Path labelFile) {
    ByteBuffer pixels =
        Records.map(
            pixelFile,
            RECORD,
            "file of STL-10 images",
            "5,000 training images = 138,240,000 bytes and 8,000 test images = 221,184,000 bytes"
                + " in the official files");
    ByteBuffer bytes =
        Records.map(
            labelFile,
            1,
            "file of STL-10 labels",
            "5,000 training labels and 8,000 test labels in the official files");
    int size = pixels.capacity() / RECORD;
    if (bytes.capacity() != size) {
      throw ZepadException.input(
          labelFile
              + " has "
              + bytes.capacity()
              + " labels, but "
              + pixelFile
              + " has "
              + size
              + " images; expected one label an image. Unpack both again");
    }
    byte[] labels = new byte[size];
    for (int i = 0; i < size; i++) {
      int label = bytes.get(i) & 255;
      if (label < 1 || label > CLASSES) {
        throw ZepadException.input(
            labelFile
                + " is damaged: byte "
                + i
                + " is the label "
                + label
                + ", expected 1 to 10. Unpack it again");
      }
      labels[i] = (byte) (label - 1);
    }
    return new ColumnImages(pixels, labels);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int index) {
    return labels[Objects.checkIndex(index, labels.length)];
  }

  @Override
  public RgbImage image(int index) {
    byte[] columns = new byte[RECORD];
    pixels.get(Objects.checkIndex(index, labels.length) * RECORD, columns);
    return ColumnMajor.image(columns, SIDE);
  }
}
