package org.zepad.datasets.cifar10;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;
import org.zepad.datasets.files.Records;

/**
 * One file of the Python version: a pickled dict of {@code data}, uint8 of (N, 3072), a row an
 * image of 3 planes of 32x32, and {@code labels}, a list of N numbers. The file is mapped into
 * memory and its pixels stay there.
 */
final class PythonBatch implements Batch {
  private static final int SIDE = 32;
  private static final int PIXELS = 3 * SIDE * SIDE;

  private final ByteBuffer file;
  private final int from;
  private final byte[] labels;

  private PythonBatch(ByteBuffer file, int from, byte[] labels) {
    this.file = file;
    this.from = from;
    this.labels = labels;
  }

  static PythonBatch open(Path path) {
    ByteBuffer file = map(path);
    Map<String, Object> dict = BatchPickle.read(path, file);
    if (!(dict.get("data") instanceof BatchPickle.Array data)
        || !(dict.get("labels") instanceof List<?> numbers)) {
      throw wrong(path, "holds " + dict.keySet() + ", expected data, an array, and labels, a list");
    }
    int size = numbers.size();
    if (size == 0
        || !data.shape().equals(List.of(size, PIXELS))
        || data.bytes().length() != (long) size * PIXELS) {
      throw wrong(
          path,
          "has "
              + size
              + " labels and "
              + data.bytes().length()
              + " bytes of pixels, expected "
              + PIXELS
              + " a label in an array of (labels, "
              + PIXELS
              + ")");
    }
    byte[] labels = new byte[size];
    for (int i = 0; i < size; i++) {
      if (!(numbers.get(i) instanceof Integer label) || label < 0 || label >= BatchFile.CLASSES) {
        throw wrong(path, "has a label of image " + i + " that is no number from 0 to 9");
      }
      labels[i] = label.byteValue();
    }
    return new PythonBatch(file, data.bytes().from(), labels);
  }

  /** The class names of the file batches.meta. */
  static List<String> names(Path path) {
    ByteBuffer file = map(path);
    if (BatchPickle.read(path, file).get("label_names") instanceof List<?> list
        && list.size() == BatchFile.CLASSES
        && list.stream().allMatch(BatchPickle.Text.class::isInstance)) {
      List<String> names =
          list.stream().map(name -> ((BatchPickle.Text) name).string(file)).toList();
      if (names.stream().distinct().count() == names.size()) {
        return names;
      }
    }
    throw wrong(path, "must hold label_names, a list of 10 different class names");
  }

  private static ByteBuffer map(Path path) {
    return Records.map(
        path, 1, "file of CIFAR-10's python version", "about 31 MB in the official files");
  }

  private static ZepadException wrong(Path path, String what) {
    return ZepadException.input(path + " " + what + ". Unpack the 'CIFAR-10 python version' again");
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public RgbImage image(int index) {
    byte[] planes = new byte[PIXELS];
    file.get(from + index * PIXELS, planes);
    return new RgbImage(SIDE, SIDE, planes);
  }
}
