package org.zepad.datasets.cifar10;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.dataset.Images;

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
    Path folder = find(candidates(options, root));
    List<String> classes = readNames(folder.resolve(NAMES));
    Images train =
        new BatchImages(TRAIN.stream().map(f -> BatchFile.open(folder.resolve(f))).toList());
    Images test = new BatchImages(List.of(BatchFile.open(folder.resolve(TEST))));
    return new Opened(classes, train, test);
  }

  private record Opened(List<String> classes, Images train, Images test) implements Dataset {}

  private static Set<Path> candidates(Cifar10Options options, Path root) {
    Set<Path> candidates = new LinkedHashSet<>();
    if (options.folder().isEmpty()) {
      candidates.add(root.resolve("cifar10").resolve(FOLDER));
      candidates.add(root.resolve("cifar10"));
      candidates.add(root.resolve(FOLDER));
      candidates.add(root);
      return candidates;
    }
    try {
      Path folder = root.resolve(options.folder());
      candidates.add(folder.resolve(FOLDER));
      candidates.add(folder);
      return candidates;
    } catch (InvalidPathException e) {
      throw ZepadException.usage(
          "the cifar10 option folder '" + options.folder() + "' is no path: " + e.getReason());
    }
  }

  // The first folder that holds any of the files; then it must hold all of them.
  private static Path find(Set<Path> candidates) {
    List<String> wanted = new ArrayList<>(TRAIN);
    wanted.add(TEST);
    wanted.add(NAMES);
    for (Path folder : candidates) {
      List<String> missing =
          wanted.stream().filter(f -> !Files.isRegularFile(folder.resolve(f))).toList();
      if (missing.isEmpty()) {
        return folder;
      }
      if (missing.size() < wanted.size()) {
        throw ZepadException.input(
            "CIFAR-10 in "
                + folder
                + " is incomplete: "
                + String.join(", ", missing)
                + " missing. Unpack the 'CIFAR-10 binary version' again; it holds "
                + String.join(", ", wanted));
      }
    }
    StringBuilder message = new StringBuilder("no CIFAR-10 found. Looked in:");
    candidates.forEach(folder -> message.append("\n  ").append(folder));
    throw ZepadException.input(
        message
            .append("\nExpected there: ")
            .append(String.join(", ", wanted))
            .append(".\nUnpack the 'CIFAR-10 binary version' of the official site (not the python")
            .append(" or matlab version), or name its place with the option folder")
            .toString());
  }

  private static List<String> readNames(Path file) {
    List<String> names;
    try {
      names =
          Files.readAllLines(file).stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
    } catch (IOException e) {
      throw ZepadException.input("cannot read " + file + ": " + e.getMessage(), e);
    }
    if (names.size() != BatchFile.CLASSES || Set.copyOf(names).size() != names.size()) {
      throw ZepadException.input(
          file
              + " must hold the "
              + BatchFile.CLASSES
              + " different class names, one a line; it holds "
              + names);
    }
    return names;
  }
}
