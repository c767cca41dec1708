package org.zepad.datasets.stl10;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.dataset.Download;
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

  /**
   * The binary version, of which 2.5 GB are unlabelled images. Length and SHA-256 as TensorFlow
   * Datasets records them (url_checksums/stl10.txt); torchvision gives the MD5
   * 91f7769df0f17e558f3565bffb0c7dfb.
   */
  @Override
  public List<Download> downloads() {
    return List.of(
        new Download(
            "stl10_binary.tar.gz",
            List.of(URI.create("http://ai.stanford.edu/~acoates/stl10/stl10_binary.tar.gz")),
            2_640_397_119L,
            Download.Checksum.sha256(
                "f31fd99273a1acb8609c8db427cebb1de3f71de77758cdc0e22956e1289b9866"),
            "stl10",
            Download.Unpacking.TAR_GZ));
  }

  @Override
  public String origin() {
    return "https://cs.stanford.edu/~acoates/stl10/, stl10_binary.tar.gz. Expected:"
        + " stl10/stl10_binary/train_X.bin and its like.";
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
