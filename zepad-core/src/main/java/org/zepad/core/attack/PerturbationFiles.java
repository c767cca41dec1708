package org.zepad.core.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.Safetensors;

/**
 * Universal perturbations on disk: a safetensors file with the tensor {@code delta}, (3, S, S)
 * float32 in pixel units, of a patch also {@code mask}, (1, S, S), and its origin as metadata; and
 * beside it, under the same name with {@code .png} added, a picture to look at.
 *
 * <p>Metadata: {@code format} ({@value #FORMAT}), {@code attack}, {@code option.NAME}, {@code
 * norm}, {@code epsilon}, {@code seed}, {@code victim}, {@code victim-sha256}, {@code
 * data-fingerprint}, {@code version.NAME}.
 */
public final class PerturbationFiles {
  private static final String FORMAT = "zepad-perturbation-1";
  private static final String DELTA = "delta";
  private static final String MASK = "mask";
  private static final String OPTION = "option.";
  private static final String VERSION = "version.";

  /** How far below a folder one looks. */
  private static final int DEPTH = 8;

  private PerturbationFiles() {}

  /**
   * A perturbation and where it comes from.
   *
   * @param perturbation its delta belongs to the manager that was given for loading
   * @param info its origin
   */
  public record Saved(Perturbation perturbation, PerturbationInfo info) {}

  /**
   * What is told of a perturbation without reading it.
   *
   * @param file where it lies
   * @param info its origin
   * @param budget what it had to stay within
   * @param height of its pixels
   * @param width of its pixels
   */
  public record Description(
      Path file, PerturbationInfo info, Budget budget, long height, long width) {}

  /**
   * Saves a perturbation and its picture, each atomically, the picture first: where the
   * perturbation is, its picture is, too.
   *
   * @param file where to, ending in {@code .safetensors}
   * @throws ZepadException of kind ENVIRONMENT if it cannot be written
   */
  public static void save(Path file, Perturbation perturbation, PerturbationInfo info) {
    AtomicFiles.write(picture(file), out -> out.write(PerturbationPicture.png(perturbation)));
    Map<String, NDArray> tensors = new LinkedHashMap<>(Map.of(DELTA, perturbation.delta()));
    if (perturbation.mask() != null) {
      tensors.put(MASK, perturbation.mask());
    }
    Safetensors.write(file, tensors, metadata(perturbation, info));
  }

  /** The picture of a perturbation that is saved in a file. */
  public static Path picture(Path file) {
    return file.resolveSibling(file.getFileName() + ".png");
  }

  /**
   * The perturbations among the files of a folder and below it, in the order of their names; what
   * is something else is passed over.
   *
   * @throws ZepadException of kind INPUT if there is no such folder
   */
  public static List<Description> list(Path folder) {
    try (Stream<Path> below = Files.walk(folder, DEPTH)) {
      return below
          .filter(file -> file.toString().endsWith(".safetensors") && Files.isRegularFile(file))
          .sorted()
          .flatMap(file -> known(file).stream())
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw ZepadException.input("cannot look through " + folder + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Description> known(Path file) {
    try {
      return Optional.of(describe(file));
    } catch (ZepadException somethingElse) {
      return Optional.empty();
    }
  }

  /**
   * Tells what a perturbation is, from the head of its file.
   *
   * @throws ZepadException of kind INPUT if the file is not one of ours
   */
  public static Description describe(Path file) {
    Safetensors.Header header = Safetensors.readHeader(file);
    Shape shape = delta(file, header.metadata(), header.tensors()).shape();
    if (shape.dimension() != 3) {
      throw ZepadException.input(file + ": expected delta of shape (3, S, S), found " + shape);
    }
    return new Description(
        file,
        info(file, header.metadata()),
        budget(file, header.metadata()),
        shape.get(1),
        shape.get(2));
  }

  /** The tensor of a file that is one of ours. */
  private static <T> T delta(Path file, Map<String, String> metadata, Map<String, T> tensors) {
    T delta = tensors.get(DELTA);
    if (!FORMAT.equals(metadata.get("format")) || delta == null) {
      throw ZepadException.input(
          file
              + " is not a perturbation: expected a safetensors file with the tensor 'delta' and the"
              + " metadata format="
              + FORMAT
              + ", found tensors "
              + tensors.keySet()
              + " and format="
              + metadata.get("format"));
    }
    return delta;
  }

  private static PerturbationInfo info(Path file, Map<String, String> metadata) {
    return new PerturbationInfo(
        text(file, metadata, "attack"),
        withPrefix(OPTION, metadata),
        number(file, metadata, "seed", Long::valueOf),
        text(file, metadata, "victim"),
        text(file, metadata, "victim-sha256"),
        text(file, metadata, "data-fingerprint"),
        withPrefix(VERSION, metadata));
  }

  /**
   * Loads a perturbation.
   *
   * @param manager the owner of its delta
   * @throws ZepadException of kind INPUT if the file is not one of ours, is damaged, or breaks the
   *     budget that it states
   */
  public static Saved load(Path file, NDManager manager) {
    Safetensors.Contents contents = Safetensors.read(file, manager);
    Map<String, String> metadata = contents.metadata();
    NDArray delta = delta(file, metadata, contents.tensors());
    Perturbation perturbation =
        checked(file, delta, contents.tensors().get(MASK), budget(file, metadata));
    return new Saved(perturbation, info(file, metadata));
  }

  private static Map<String, String> metadata(Perturbation perturbation, PerturbationInfo info) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("attack", info.attack());
    info.options().forEach((name, value) -> metadata.put(OPTION + name, value));
    metadata.put("norm", perturbation.budget().norm().name().toLowerCase(Locale.ROOT));
    metadata.put("epsilon", Double.toString(perturbation.budget().epsilon()));
    metadata.put("seed", Long.toString(info.seed()));
    metadata.put("victim", info.victim());
    metadata.put("victim-sha256", info.victimSha256());
    metadata.put("data-fingerprint", info.dataFingerprint());
    info.versions().forEach((name, value) -> metadata.put(VERSION + name, value));
    return metadata;
  }

  private static Budget budget(Path file, Map<String, String> metadata) {
    String norm = text(file, metadata, "norm");
    double epsilon = number(file, metadata, "epsilon", Double::valueOf);
    for (Norm known : Norm.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(norm) && epsilon >= 0) {
        return new Budget(known, epsilon);
      }
    }
    throw ZepadException.input(
        file
            + ": expected norm linf, l2 or l0 and epsilon >= 0, found "
            + norm
            + " and "
            + epsilon);
  }

  private static Perturbation checked(
      Path file, NDArray delta, @Nullable NDArray mask, Budget budget) {
    requirePlanes(file, DELTA, delta, 3);
    if ((mask != null) != (budget.norm() == Norm.L0)) {
      throw ZepadException.input(
          file
              + ": expected the tensor 'mask' with the norm l0 and with no other, found "
              + (mask == null ? "none" : "one")
              + " with "
              + budget.norm());
    }
    if (mask != null) {
      requirePlanes(file, MASK, mask, 1);
      if (!Patches.isSound(delta, mask)) {
        throw damaged(
            file, "a patch has pixels in [0, 1] under a mask of zeros and ones, and 0 beside it");
      }
    }
    double size;
    try (NDArray batch = (mask == null ? delta : mask).expandDims(0);
        NDArray sizes = Perturbations.sizes(batch, budget.norm())) {
      size = sizes.getFloat(0);
    }
    if (!(size <= budget.epsilon() + 1e-6)) {
      throw damaged(file, "the perturbation has size " + size + ", more than its " + budget);
    }
    return new Perturbation(delta, mask, budget);
  }

  private static void requirePlanes(Path file, String name, NDArray planes, int count) {
    if (planes.getDataType() != DataType.FLOAT32
        || planes.getShape().dimension() != 3
        || planes.getShape().get(0) != count
        || planes.isEmpty()) {
      throw ZepadException.input(
          file
              + ": expected "
              + name
              + " of type float32 and shape ("
              + count
              + ", S, S), found "
              + planes.getDataType()
              + " "
              + planes.getShape());
    }
  }

  private static ZepadException damaged(Path file, String what) {
    return ZepadException.input(file + ": " + what + "; it was changed or damaged. Craft it anew.");
  }

  private static String text(Path file, Map<String, String> metadata, String name) {
    String value = metadata.get(name);
    if (value == null) {
      throw ZepadException.input(file + ": the metadata '" + name + "' is missing");
    }
    return value;
  }

  private static <T> T number(
      Path file, Map<String, String> metadata, String name, Function<String, T> parser) {
    String value = text(file, metadata, name);
    try {
      return parser.apply(value);
    } catch (NumberFormatException e) {
      throw ZepadException.input(
          file + ": the metadata '" + name + "' is not the number it should be: " + value, e);
    }
  }

  private static Map<String, String> withPrefix(String prefix, Map<String, String> metadata) {
    Map<String, String> found = new LinkedHashMap<>();
    metadata.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }
}
