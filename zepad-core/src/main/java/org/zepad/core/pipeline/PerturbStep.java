package org.zepad.core.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.picture.Pictures;
import org.zepad.core.attack.PerturbationFiles;
import org.zepad.core.attack.Perturbations;
import org.zepad.core.data.PngFiles;
import org.zepad.core.io.AtomicFiles;

/** Applies a universal perturbation to picture files, each at the size it has. */
public final class PerturbStep {
  /** A side of 4096: the perturbed picture takes some 50 bytes of memory a pixel. */
  private static final int MAX_PIXELS = 4096 * 4096;

  /** A whole number of grey levels must not become one less by the rounding of floats. */
  private static final double ROUNDING = 1e-3;

  private final Settings settings;

  /** The step. */
  public PerturbStep(Settings settings) {
    this.settings = settings;
  }

  /**
   * What became of a picture.
   *
   * @param file the picture
   * @param out the perturbed picture, a PNG; null if there is a problem
   * @param problem why it could not be perturbed, or null
   */
  public record Perturbed(Path file, @Nullable Path out, @Nullable String problem) {}

  /**
   * Perturbs pictures. The perturbed ones are written without loss, 8 bits a channel, a change
   * being rounded towards none, so that the budget holds in the file, too. A picture that cannot be
   * read is reported as such and does not stop the others.
   *
   * @param perturbation the perturbation's file
   * @param pictures of any format that {@link Pictures} reads
   * @param folder gets {@code NAME.png} for a picture {@code NAME.jpg}; made if it is missing
   * @param consumer gets the results in the order of the pictures
   * @throws ZepadException of kind INPUT for a perturbation that is damaged, of kind USAGE for two
   *     pictures that would become one file
   */
  public void run(
      Path perturbation, List<Path> pictures, Path folder, Consumer<Perturbed> consumer) {
    List<Path> targets = targets(pictures, folder);
    try (RunContext context = settings.context(folder.resolveSibling("none"))) {
      Perturbation loaded = PerturbationFiles.load(perturbation, context.manager()).perturbation();
      settings.progress().start("perturbing", Math.max(1, pictures.size()));
      for (int i = 0; i < pictures.size(); i++) {
        consumer.accept(perturb(loaded, pictures.get(i), targets.get(i), context));
        settings.progress().update(i + 1L, "");
      }
    }
  }

  private static List<Path> targets(List<Path> pictures, Path folder) {
    List<Path> targets = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path picture : pictures) {
      String name = String.valueOf(picture.getFileName());
      int dot = name.lastIndexOf('.');
      Path target = folder.resolve((dot > 0 ? name.substring(0, dot) : name) + ".png");
      if (!seen.add(target)) {
        throw ZepadException.usage(
            "two of the pictures would both become "
                + target
                + "; perturb them in two calls with different folders");
      }
      targets.add(target);
    }
    return targets;
  }

  private static Perturbed perturb(
      Perturbation perturbation, Path picture, Path target, RunContext context) {
    RgbImage clean;
    try {
      clean = Pictures.read(picture);
    } catch (ZepadException e) {
      return new Perturbed(picture, null, String.valueOf(e.getMessage()));
    }
    if ((long) clean.width() * clean.height() > MAX_PIXELS) {
      return new Perturbed(
          picture,
          null,
          "%s has %dx%d pixels; at most %d are perturbed. Make it smaller first."
              .formatted(picture, clean.width(), clean.height(), MAX_PIXELS));
    }
    RgbImage perturbed = perturbed(perturbation, clean, context);
    AtomicFiles.write(target, out -> out.write(PngFiles.encode(perturbed)));
    return new Perturbed(picture, target, null);
  }

  private static RgbImage perturbed(Perturbation perturbation, RgbImage clean, RunContext context) {
    float[] pixels;
    try (NDManager scope = context.manager().newSubManager()) {
      NDArray image =
          scope
              .create(
                  ByteBuffer.wrap(clean.planes()),
                  new Shape(1, 3, clean.height(), clean.width()),
                  DataType.UINT8)
              .toType(DataType.FLOAT32, true)
              .divi(255);
      pixels = Perturbations.apply(perturbation, image, context.ops()).toFloatArray();
    }
    byte[] planes = new byte[pixels.length];
    for (int i = 0; i < planes.length; i++) {
      int before = clean.planes()[i] & 0xff;
      double change = pixels[i] * 255.0 - before;
      double size =
          perturbation.mask() == null
              ? Math.floor(Math.abs(change) + ROUNDING)
              : Math.rint(Math.abs(change));
      planes[i] = (byte) (before + (int) Math.copySign(size, change));
    }
    return new RgbImage(clean.width(), clean.height(), planes);
  }
}
