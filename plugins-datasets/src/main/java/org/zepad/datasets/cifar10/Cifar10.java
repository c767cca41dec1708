package org.zepad.datasets.cifar10;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.dataset.Download;
import org.zepad.api.dataset.Images;
import org.zepad.datasets.files.FileSet;
import org.zepad.datasets.files.Opened;
import org.zepad.datasets.files.Places;
import org.zepad.datasets.files.Records;

/**
 * CIFAR-10 (Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009), the
 * "CIFAR-10 binary version" or the "CIFAR-10 python version" of the official site, unpacked. Where
 * both are, the binary one is read. Subsets in the same formats are read as well: the number of
 * images follows from the files.
 */
public final class Cifar10 implements DatasetProvider<Cifar10Options> {
  private static final String FOLDER = "cifar-10-batches-bin";
  private static final String PYTHON_FOLDER = "cifar-10-batches-py";
  private static final List<String> TRAIN =
      IntStream.rangeClosed(1, 5).mapToObj(n -> "data_batch_" + n + ".bin").toList();
  private static final String TEST = "test_batch.bin";
  private static final String NAMES = "batches.meta.txt";
  private static final FileSet FILES =
      new FileSet(
          "CIFAR-10",
          "Unpack the 'CIFAR-10 binary version' of the official site (its python version, in "
              + PYTHON_FOLDER
              + ", is read too, its matlab version is not)",
          Stream.concat(TRAIN.stream(), Stream.of(TEST, NAMES)).toList());

  private static final List<String> PYTHON_TRAIN =
      IntStream.rangeClosed(1, 5).mapToObj(n -> "data_batch_" + n).toList();
  private static final String PYTHON_TEST = "test_batch";
  private static final String PYTHON_NAMES = "batches.meta";
  private static final FileSet PYTHON_FILES =
      new FileSet(
          "CIFAR-10",
          "Unpack the 'CIFAR-10 python version' of the official site",
          Stream.concat(PYTHON_TRAIN.stream(), Stream.of(PYTHON_TEST, PYTHON_NAMES)).toList());

  /** For the service loader. */
  public Cifar10() {}

  @Override
  public String name() {
    return "cifar10";
  }

  @Override
  public String description() {
    return "CIFAR-10, 32x32 photographs in 10 classes, from its official binary or python files";
  }

  @Override
  public Class<Cifar10Options> optionsType() {
    return Cifar10Options.class;
  }

  /**
   * The binary version. Length and SHA-256 as TensorFlow Datasets records them
   * (url_checksums/cifar10.txt); the official page gives the MD5 c32a1d4ab5d03f1284b67883e8d87530.
   */
  @Override
  public List<Download> downloads() {
    return List.of(
        new Download(
            "cifar-10-binary.tar.gz",
            List.of(URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")),
            170_052_171,
            Download.Checksum.sha256(
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
            "cifar10",
            Download.Unpacking.TAR_GZ));
  }

  @Override
  public String origin() {
    return "https://www.cs.toronto.edu/~kriz/cifar.html, the binary version (the python version is"
        + " read too). Expected: cifar10/cifar-10-batches-bin/data_batch_1.bin and its like.";
  }

  @Override
  public Dataset open(Cifar10Options options, Path root) {
    Set<Path> places =
        Places.of(name(), options.folder(), root, List.of(name()), List.of(FOLDER, PYTHON_FOLDER));
    Optional<Dataset> binary = FILES.locate(places).map(Cifar10::openBinary);
    return binary
        .or(() -> PYTHON_FILES.locate(places).map(Cifar10::openPython))
        .orElseThrow(() -> FILES.nothing(places));
  }

  private static Dataset openBinary(Path folder) {
    List<String> classes = Records.names(folder.resolve(NAMES), BatchFile.CLASSES);
    Images train =
        new BatchImages(TRAIN.stream().map(f -> BatchFile.open(folder.resolve(f))).toList());
    Images test = new BatchImages(List.of(BatchFile.open(folder.resolve(TEST))));
    return new Opened(classes, train, test);
  }

  private static Dataset openPython(Path folder) {
    List<String> classes = PythonBatch.names(folder.resolve(PYTHON_NAMES));
    Images train =
        new BatchImages(
            PYTHON_TRAIN.stream().map(f -> PythonBatch.open(folder.resolve(f))).toList());
    Images test = new BatchImages(List.of(PythonBatch.open(folder.resolve(PYTHON_TEST))));
    return new Opened(classes, train, test);
  }
}
