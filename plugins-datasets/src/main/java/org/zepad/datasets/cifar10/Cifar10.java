package org.zepad.datasets.cifar10;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.dataset.Images;
import org.zepad.datasets.files.FileSet;
import org.zepad.datasets.files.Opened;
import org.zepad.datasets.files.Places;
import org.zepad.datasets.files.Records;

/**
 * CIFAR-10 (Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009), the
 * "CIFAR-10 binary version" of the official site, unpacked. Subsets in the same format are read as
 * well: the number of images follows from the lengths of the files.
 */
public final class Cifar10 implements DatasetProvider<Cifar10Options> {
  private static final String FOLDER = "cifar-10-batches-bin";
  private static final List<String> TRAIN =
      IntStream.rangeClosed(1, 5).mapToObj(n -> "data_batch_" + n + ".bin").toList();
  private static final String TEST = "test_batch.bin";
  private static final String NAMES = "batches.meta.txt";
  private static final FileSet FILES =
      new FileSet(
          "CIFAR-10",
          "Unpack the 'CIFAR-10 binary version' of the official site (not the python or matlab version)",
          Stream.concat(TRAIN.stream(), Stream.of(TEST, NAMES)).toList());

  /** For the service loader. */
  public Cifar10() {}

  @Override
  public String name() {
    return "cifar10";
  }

  @Override
  public String description() {
    return "CIFAR-10, 32x32 photographs in 10 classes, from its official binary files";
  }

  @Override
  public Class<Cifar10Options> optionsType() {
    return Cifar10Options.class;
  }

  @Override
  public Dataset open(Cifar10Options options, Path root) {
    Path folder =
        FILES.find(Places.of(name(), options.folder(), root, List.of(name()), List.of(FOLDER)));
    List<String> classes = Records.names(folder.resolve(NAMES), BatchFile.CLASSES);
    Images train =
        new BatchImages(TRAIN.stream().map(f -> BatchFile.open(folder.resolve(f))).toList());
    Images test = new BatchImages(List.of(BatchFile.open(folder.resolve(TEST))));
    return new Opened(classes, train, test);
  }
}
