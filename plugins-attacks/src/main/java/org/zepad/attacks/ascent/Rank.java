package org.zepad.attacks.ascent;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a point is worth to an attack: the higher tier is better, within a tier the greater value.
 *
 * @param tier how much of what was wanted is reached
 * @param value how far, comparable within a tier; one that is no number beats nothing
 */
public record Rank(int tier, float value) {

  /** What every other rank beats. */
  public static final Rank LEAST = new Rank(Integer.MIN_VALUE, Float.NaN);

  /** Whether it is strictly better. */
  public boolean beats(Rank other) {
    return tier > other.tier || (tier == other.tier && value > other.value);
  }

  /**
   * Ranks by one value.
   *
   * @param values of N images
   * @return N ranks of tier 0
   */
  public static List<Rank> of(float[] values) {
    return IntStream.range(0, values.length).mapToObj(i -> new Rank(0, values[i])).toList();
  }

  /** Ranks by the {@link Margins} of logits (N, C): a value above 0 is a mistake of the model. */
  public static List<Rank> byMargin(NDArray logits, NDArray labels) {
    return of(Margins.of(logits, labels));
  }
}
