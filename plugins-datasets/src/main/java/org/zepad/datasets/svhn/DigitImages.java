package org.zepad.datasets.svhn;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;
import org.zepad.datasets.files.ColumnMajor;

/**
 * The digits of one file: X is uint8 of 32 x 32 x 3 x N (row, column, channel, image),
 * column-major, so that the row varies fastest; y is N labels, 1 to 10. Labels are read and checked
 * at opening, pixels when the first image is asked for. Thread-safe.
 */
final class DigitImages implements Images {
  private static final int CLASSES = 10;
  private static final int SIDE = 32;
  private static final int RECORD = 3 * SIDE * SIDE;

  private final MatVariable variable;
  private final byte[] labels;
  private volatile byte @Nullable [] pixels;

  private DigitImages(MatVariable variable, byte[] labels) {
    this.variable = variable;
    this.labels = labels;
  }

  static DigitImages open(Path file) {
    Map<String, MatVariable> variables = MatFile.variables(file);
    MatVariable x = variables.get("X");
    MatVariable y = variables.get("y");
    if (x == null || y == null) {
      throw ZepadException.input(
          file
              + " must hold the variables X and y of SVHN's format 2 (cropped digits); it holds "
              + variables.keySet());
    }
    List<Integer> d = x.dimensions();
    if (d.size() != 4 || d.get(0) != SIDE || d.get(1) != SIDE || d.get(2) != 3) {
      throw ZepadException.input(
          file + ": X has the size " + d + ", expected [32, 32, 3, N]. Download it again");
    }
    int size = d.get(3);
    if (size < 1 || y.length() != size) {
      throw ZepadException.input(
          file
              + ": y has the size "
              + y.dimensions()
              + ", but X holds "
              + size
              + " images; expected one label an image and at least one image. Download it again");
    }
    byte[] labels = y.read();
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i] & 255;
      if (label < 1 || label > CLASSES) {
        throw ZepadException.input(
            file
                + ": y holds the label "
                + label
                + " of image "
                + i
                + ", expected 1 to 9, and 10 for the digit 0. Download it again");
      }
      labels[i] = (byte) (label % CLASSES);
    }
    return new DigitImages(x, labels);
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
    int from = Objects.checkIndex(index, labels.length) * RECORD;
    byte[] columns = Arrays.copyOfRange(pixels(), from, from + RECORD);
    return ColumnMajor.image(columns, SIDE);
  }

  private byte[] pixels() {
    byte[] known = pixels;
    if (known == null) {
      // One thread inflates, the others wait for it.
      synchronized (labels) {
        known = pixels;
        if (known == null) {
          known = variable.read();
          pixels = known;
        }
      }
    }
    return known;
  }
}
