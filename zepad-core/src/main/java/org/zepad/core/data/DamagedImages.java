package org.zepad.core.data;

import java.util.ArrayList;
import java.util.List;
import org.zepad.api.Progress;
import org.zepad.api.dataset.Images;

/** Finds the images of a set that cannot be decoded, by decoding each once, in parallel. */
public final class DamagedImages {
  private DamagedImages() {}

  /**
   * Looks for them.
   *
   * @param what the images, for the progress
   * @param indices those to look at, ascending
   * @return those that cannot be decoded, ascending
   */
  public static int[] find(String what, Images images, int[] indices, Progress progress) {
    List<Integer> damaged = new ArrayList<>();
    progress.start("looking for damaged " + what, Math.max(1, indices.length));
    InOrder.forEach(
        indices.length,
        i -> DecodedImages.fails(images, indices[i]),
        (i, fails) -> {
          if (fails) {
            damaged.add(indices[i]);
          }
          progress.update(i + 1L, "");
        });
    return damaged.stream().mapToInt(Integer::intValue).toArray();
  }
}
