package org.zepad.datasets.stl10;

import java.nio.file.Path;
import java.util.List;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.files.FileSet;
import org.zepad.datasets.files.Opened;
import org.zepad.datasets.files.Places;
import org.zepad.datasets.files.Records;

/**
 * STL-10 (Coates, Lee and Ng, "An Analysis of Single Layer Networks in Unsupervised Feature
 * Learning", AISTATS 2011), the binary version of the official site, unpacked. Its unlabelled
 * images and the folds of its training images are not needed. Subsets in the same format are read
 * as well: the number of images follows from the lengths of the files.
 */
public final class Stl10 implements DatasetProvider<Stl10Options> {
  private static final String FOLDER = "stl10_binary";
  private static final String NAMES = "class_names.txt";
  private static final FileSet FILES =
      new FileSet(
          "STL-10",
          "Unpack stl10_binary.tar.gz of the official site (not the matlab version)",
          List.of("train_X.bin", "train_y.bin", "test_X.bin", "test_y.bin", NAMES));

  /** For the service loader. */
  public Stl10() {}

  @Override
  public String name() {
    return "stl10";
  }

  @Override
  public String description() {
    return "STL-10, 96x96 photographs in 10 classes, from its official binary files";
  }

  @Override
  public Class<Stl10Options> optionsType() {
    return Stl10Options.class;
  }

  @Override
  public Dataset open(Stl10Options options, Path root) {
    Path folder =
        FILES.find(Places.of(name(), options.folder(), root, List.of(name()), List.of(FOLDER)));
    return new Opened(
        Records.names(folder.resolve(NAMES), ColumnImages.CLASSES),
        ColumnImages.open(folder.resolve("train_X.bin"), folder.resolve("train_y.bin")),
        ColumnImages.open(folder.resolve("test_X.bin"), folder.resolve("test_y.bin")));
  }
}
