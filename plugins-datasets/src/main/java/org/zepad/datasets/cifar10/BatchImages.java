package org.zepad.datasets.cifar10;

import java.util.List;
import java.util.Objects;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/** The records of some files, one after the other. */
final class BatchImages implements Images {
  private final List<? extends Batch> files;
  private final int size;

  BatchImages(List<? extends Batch> files) {
    this.files = files;
    this.size = files.stream().mapToInt(Batch::size).sum();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int label(int index) {
    int i = Objects.checkIndex(index, size);
    for (Batch file : files) {
      if (i < file.size()) {
        return file.label(i);
      }
      i -= file.size();
    }
    throw new AssertionError("an index below the sum of the sizes is in one of the files");
  }

  @Override
  public RgbImage image(int index) {
    int i = Objects.checkIndex(index, size);
    for (Batch file : files) {
      if (i < file.size()) {
        return file.image(i);
      }
      i -= file.size();
    }
    throw new AssertionError("an index below the sum of the sizes is in one of the files");
  }
}
