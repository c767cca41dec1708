package org.zepad.core.pipeline;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.dataset.Images;
import org.zepad.core.data.DamagedImages;
import org.zepad.core.data.DecodedCache;
import org.zepad.core.data.DecodedImages;
import org.zepad.core.data.Fingerprint;
import org.zepad.core.data.Fit;
import org.zepad.core.data.TensorBatches;

/**
 * The official training or test images, and those of them that are used. Nothing is decoded before
 * it is needed; what is decoded is kept in the cache where there is one.
 */
final class DataPart implements AutoCloseable {
  private static final int NAMED = 3;

  private final String name;
  private final Images images;
  private final int[] used;
  private final DataConfig config;
  private final Progress progress;
  private final Optional<DecodedCache> cache;
  private final Map<String, String> fingerprints = new HashMap<>();
  private Optional<DecodedImages> decoded = Optional.empty();
  private boolean opened;
  private int @Nullable [] damaged;

  /**
   * A part.
   *
   * @param name training or test, for messages
   * @param used the images that are used, ascending
   */
  DataPart(String name, Images images, int[] used, DataConfig config, Settings settings) {
    this.name = name;
    this.images = images;
    this.used = used.clone();
    this.config = config;
    this.progress = settings.progress();
    this.cache = settings.cache();
  }

  /** The images as the data set gives them. */
  Images images() {
    return images;
  }

  /** Those that are used, damaged ones included. */
  int[] used() {
    return used.clone();
  }

  /**
   * The used images that are left out because they cannot be decoded; none unless the configuration
   * says so. They are told when they are found.
   */
  int[] leftOut() {
    int[] known = damaged;
    if (known == null) {
      known = config.damaged() == Damaged.SKIP ? find() : new int[0];
      damaged = known;
    }
    return known;
  }

  /** Some images without those that are left out. */
  int[] sound(int[] indices) {
    int[] bad = leftOut();
    return Arrays.stream(indices).filter(i -> Arrays.binarySearch(bad, i) < 0).toArray();
  }

  private int[] find() {
    int[] found =
        decoded()
            .map(DecodedImages::damaged)
            .orElseGet(() -> DamagedImages.find(name + " images", images, used, progress));
    if (found.length > 0) {
      progress.message(
          found.length
              + " of "
              + used.length
              + " "
              + name
              + " images cannot be read and are left out:");
      Arrays.stream(found).limit(NAMED).forEach(i -> progress.message("  " + reason(i)));
      if (found.length > NAMED) {
        progress.message("  and " + (found.length - NAMED) + " more");
      }
    }
    if (found.length == used.length) {
      throw ZepadException.input(
          "not one of the " + used.length + " " + name + " images can be read; " + reason(used[0]));
    }
    return found;
  }

  private String reason(int index) {
    try {
      images.image(index);
      return "image " + index + " could be read now";
    } catch (ZepadException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Optional<DecodedImages> decoded() {
    if (!opened) {
      decoded =
          cache.flatMap(
              c -> c.images(name + " images", images, used, config.size(), Fit.STRETCH, progress));
      opened = true;
    }
    return decoded;
  }

  /** Batches of some images. */
  ImageBatches batches(int[] indices, int classes, NDManager parent) {
    Supplier<String> print = () -> fingerprint(indices);
    return decoded()
        .<ImageBatches>map(
            d -> TensorBatches.ofResized(d, indices, classes, config.size(), parent, print))
        .orElseGet(() -> new TensorBatches(images, indices, classes, config.size(), parent));
  }

  /** The fingerprint of some images as the data set gives them. */
  String fingerprint(int[] indices) {
    return fingerprints.computeIfAbsent(
        Arrays.toString(indices),
        key -> {
          Supplier<String> compute = () -> Fingerprint.of(images, indices);
          return cache.map(c -> c.fingerprint(images, indices, compute)).orElseGet(compute);
        });
  }

  /** For finding the same image in several parts. */
  Fingerprint.Part part(String as, int[] indices) {
    IntFunction<byte[]> hash = decoded().<IntFunction<byte[]>>map(d -> d::hash).orElse(null);
    return hash == null
        ? new Fingerprint.Part(as, images, indices)
        : new Fingerprint.Part(as, hash, indices);
  }

  @Override
  public void close() {
    decoded.ifPresent(DecodedImages::close);
  }
}
