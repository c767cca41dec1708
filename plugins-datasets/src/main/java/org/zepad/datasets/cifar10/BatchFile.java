package org.zepad.datasets.cifar10;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;
import org.zepad.datasets.files.Records;

/**
 * One file of records of 1 label byte and 3 planes of 32x32 bytes, mapped into memory. The labels
 * are read and checked once. Thread-safe.
 */
final class BatchFile implements Batch {
  static final int CLASSES = 10;
  private static final int SIDE = 32;
  private static final int PIXELS = 3 * SIDE * SIDE;
  private static final int RECORD = 1 + PIXELS;

  private final ByteBuffer records;
  private final byte[] labels;

  private BatchFile(ByteBuffer records, byte[] labels) {
    this.records = records;
    this.labels = labels;
  }

  static BatchFile open(Path file) {
    ByteBuffer records =
        Records.map(
            file,
            RECORD,
            "CIFAR-10 batch",
            "10,000 records = 30,730,000 bytes in the official files");
    byte[] labels = new byte[records.capacity() / RECORD];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = records.get(i * RECORD);
      if (labels[i] < 0 || labels[i] >= CLASSES) {
        throw ZepadException.input(
            file
                + " is damaged: record "
                + i
                + " (byte "
                + (long) i * RECORD
                + ") has the label "
                + (labels[i] & 255)
                + ", expected 0 to 9. Is it the CIFAR-10 binary version? Unpack it again");
      }
    }
    return new BatchFile(records, labels);
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
    records.get(index * RECORD + 1, planes);
    return new RgbImage(SIDE, SIDE, planes);
  }
}
