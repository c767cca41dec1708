package org.zepad.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;

/**
 * Which images of a set play which part. Drawn class by class, so that every part has the classes
 * in the same shares; the same seed draws the same images. All indices are in ascending order.
 *
 * @param training what remains to train on
 * @param validation what may choose an epoch or a threshold; disjoint from the training part
 */
public record Split(int[] training, int[] validation) {

  /** Every index of a set. */
  public static int[] all(Images images) {
    int[] all = new int[images.size()];
    Arrays.setAll(all, i -> i);
    return all;
  }

  /**
   * Carves a validation part out of training images.
   *
   * @param indices the images to part, each once
   * @param fraction the share of the validation part, in (0, 1); both parts get at least one image
   * @throws ZepadException of kind USAGE if the share or the images do not allow two parts
   */
  public static Split carve(Images images, int[] indices, double fraction, long seed) {
    if (!(fraction > 0 && fraction < 1)) {
      throw ZepadException.usage(
          "the share of validation images must lie between 0 and 1, both excluded; got "
              + fraction);
    }
    if (indices.length < 2) {
      throw ZepadException.usage(
          "a validation part needs at least 2 training images, there are " + indices.length);
    }
    int count = (int) Math.round(fraction * indices.length);
    count = Math.max(1, Math.min(indices.length - 1, count));
    int[] validation = subset(images, indices, count, seed);
    int[] training =
        Arrays.stream(indices)
            .filter(index -> Arrays.binarySearch(validation, index) < 0)
            .sorted()
            .toArray();
    return new Split(training, validation);
  }

  /**
   * Draws some images.
   *
   * @param indices the images to draw from, each once
   * @param count how many; all are returned, sorted, if there are no more than that
   * @throws ZepadException of kind USAGE if count is negative
   */
  public static int[] subset(Images images, int[] indices, int count, long seed) {
    if (count < 0) {
      throw ZepadException.usage("a number of images cannot be negative, got " + count);
    }
    if (count >= indices.length) {
      return Arrays.stream(indices).sorted().toArray();
    }
    int[][] byClass = byClass(images, indices);
    int[] quotas = quotas(byClass, count, indices.length);
    int[] drawn = new int[count];
    int filled = 0;
    for (int c = 0; c < byClass.length; c++) {
      SplittableRandom random = Seeds.random(seed, images.label(byClass[c][0]));
      Seeds.shuffle(byClass[c], random);
      System.arraycopy(byClass[c], 0, drawn, filled, quotas[c]);
      filled += quotas[c];
    }
    Arrays.sort(drawn);
    return drawn;
  }

  private static int[][] byClass(Images images, int[] indices) {
    Map<Integer, List<Integer>> groups = new TreeMap<>();
    Arrays.stream(indices)
        .sorted()
        .forEach(i -> groups.computeIfAbsent(images.label(i), l -> new ArrayList<>()).add(i));
    return groups.values().stream()
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  // Largest remainders (Hamilton): each class within one image of its exact share, the sum exact.
  private static int[] quotas(int[][] byClass, int count, int total) {
    int[] quotas = new int[byClass.length];
    List<Integer> byRemainder = new ArrayList<>();
    int left = count;
    for (int c = 0; c < quotas.length; c++) {
      quotas[c] = (int) ((long) byClass[c].length * count / total);
      left -= quotas[c];
      byRemainder.add(c);
    }
    byRemainder.sort(Comparator.comparingLong(c -> -((long) byClass[c].length * count % total)));
    for (int c : byRemainder.subList(0, left)) {
      quotas[c]++;
    }
    return quotas;
  }
}
