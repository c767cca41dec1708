package org.zepad.core.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The figures of each epoch of a training, in order. It travels in a checkpoint's values, so that a
 * continued training reports all epochs; numbers survive that exactly.
 *
 * @param epochs one entry for each epoch that is done
 */
public record EpochHistory(List<Epoch> epochs) {
  private static final String KEY = "epoch.";

  public EpochHistory {
    epochs = List.copyOf(epochs);
  }

  /** No epochs yet. */
  public static EpochHistory empty() {
    return new EpochHistory(List.of());
  }

  /** This history and one more epoch, whose number is the count of those before. */
  public EpochHistory plus(Map<String, Double> figures) {
    List<Epoch> longer = new ArrayList<>(epochs);
    longer.add(new Epoch(epochs.size(), figures));
    return new EpochHistory(longer);
  }

  /** The latest value of a figure, for figures that not every epoch has; empty if none has it. */
  public OptionalDouble last(String figure) {
    for (int e = epochs.size() - 1; e >= 0; e--) {
      Double value = epochs.get(e).figures().get(figure);
      if (value != null) {
        return OptionalDouble.of(value);
      }
    }
    return OptionalDouble.empty();
  }

  /** As entries of a checkpoint's values: {@code epoch.<number>.<figure>}. */
  public Map<String, String> toValues() {
    Map<String, String> values = new LinkedHashMap<>();
    for (Epoch epoch : epochs) {
      epoch
          .figures()
          .forEach((name, value) -> values.put(key(epoch.number(), name), value.toString()));
    }
    return values;
  }

  /**
   * Reads what {@link #toValues} wrote; other entries are ignored.
   *
   * @param count how many epochs there were
   * @param figures the names of the figures, in the order wanted
   */
  public static EpochHistory fromValues(
      Map<String, String> values, int count, List<String> figures) {
    List<Epoch> epochs = new ArrayList<>();
    for (int e = 0; e < count; e++) {
      Map<String, Double> found = new LinkedHashMap<>();
      for (String name : figures) {
        String value = values.get(key(e, name));
        if (value != null) {
          found.put(name, Double.valueOf(value));
        }
      }
      epochs.add(new Epoch(e, found));
    }
    return new EpochHistory(epochs);
  }

  private static String key(int epoch, String figure) {
    return KEY + epoch + "." + figure;
  }

  /**
   * One epoch.
   *
   * @param number 0-based
   * @param figures names such as {@code loss} to values, in order
   */
  public record Epoch(int number, Map<String, Double> figures) {
    public Epoch {
      figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
  }
}
