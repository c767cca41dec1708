package org.zepad.core.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/**
 * Images of one size that are read from a file of decoded ones, and decoded and resized where the
 * file does not have them. What the file holds is checked each time; a damaged entry is decoded
 * instead. Thread-safe.
 */
public final class DecodedImages implements Images, AutoCloseable {
  private final Images originals;
  private final ResizedImages resized;
  private final int[] indices;
  private final DecodedFile file;
  private final Runnable onDamage;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * Images in front of a file.
   *
   * @param indices which of the originals the file holds, ascending
   * @param onDamage called once when an entry turns out to be damaged
   */
  DecodedImages(
      Images originals, int[] indices, int size, Fit fit, DecodedFile file, Runnable onDamage) {
    this.originals = originals;
    this.resized = new ResizedImages(originals, size, fit);
    this.indices = indices.clone();
    this.file = file;
    this.onDamage = onDamage;
  }

  @Override
  public int size() {
    return originals.size();
  }

  @Override
  public int label(int index) {
    return originals.label(index);
  }

  @Override
  public RgbImage image(int index) {
    RgbImage kept = entry(index).map(DecodedFile.Entry::resized).orElse(null);
    return kept == null ? resized.image(index) : kept;
  }

  /** The SHA-256 of an original's size and pixels; it is decoded if the file does not know it. */
  public byte[] hash(int index) {
    return entry(index)
        .filter(entry -> entry.resized() != null)
        .map(DecodedFile.Entry::hash)
        .orElseGet(() -> Fingerprint.of(originals.image(index)));
  }

  /** Those of the file's images that could not be decoded, ascending. */
  public int[] damaged() {
    return Arrays.stream(indices).filter(this::isDamaged).toArray();
  }

  private boolean isDamaged(int index) {
    Optional<DecodedFile.Entry> entry = entry(index);
    return entry.isPresent() ? entry.get().resized() == null : fails(originals, index);
  }

  /** Whether an image cannot be decoded. */
  static boolean fails(Images images, int index) {
    try {
      images.image(index);
      return false;
    } catch (ZepadException e) {
      if (e.kind() != ZepadException.Kind.INPUT) {
        throw e;
      }
      return true;
    }
  }

  private Optional<DecodedFile.Entry> entry(int index) {
    int number = Arrays.binarySearch(indices, index);
    if (number < 0) {
      return Optional.empty();
    }
    Optional<DecodedFile.Entry> entry = file.entry(number);
    if (entry.isEmpty() && file.isOpen() && told.compareAndSet(false, true)) {
      onDamage.run();
    }
    return entry;
  }

  @Override
  public void close() {
    file.close();
  }
}
