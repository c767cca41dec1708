package org.zepad.core.data;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/**
 * Keeps decoded images in memory, 8 bits a channel, until a bound is reached; what does not fit is
 * decoded anew each time. Nothing is ever put out: with every image read once an epoch, any rule
 * that replaces entries would hit less often. Thread-safe if the set is.
 */
public final class CachedImages implements Images {
  private static final int OVERHEAD = 64;

  private final Images images;
  private final AtomicReferenceArray<@Nullable RgbImage> kept;
  private final AtomicLong free;

  /**
   * A cache in front of a set.
   *
   * @param maxBytes the bound, 0 or more
   */
  public CachedImages(Images images, long maxBytes) {
    this.images = images;
    this.kept = new AtomicReferenceArray<>(images.size());
    this.free = new AtomicLong(maxBytes);
  }

  /** A quarter of the largest heap: leaves room for the work that reads the images. */
  public static long defaultBound() {
    return Runtime.getRuntime().maxMemory() / 4;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int label(int index) {
    return images.label(index);
  }

  @Override
  public RgbImage image(int index) {
    RgbImage image = kept.get(index);
    if (image == null) {
      image = images.image(index);
      long cost = (long) image.planes().length + OVERHEAD;
      if (free.get() >= cost) {
        if (free.addAndGet(-cost) < 0 || !kept.compareAndSet(index, null, image)) {
          free.addAndGet(cost);
        }
      }
    }
    return image;
  }
}
