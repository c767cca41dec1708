package org.zepad.core.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Where the time of a training goes, by activity. Not thread-safe. */
public final class TimeShares {
  private static final String REST = "the rest";

  private final long started = System.nanoTime();
  private final Map<String, Long> nanos = new LinkedHashMap<>();

  /** Runs an activity and counts its time. */
  public <T> T time(String activity, Supplier<T> work) {
    long before = System.nanoTime();
    try {
      return work.get();
    } finally {
      add(activity, System.nanoTime() - before);
    }
  }

  /** Runs an activity and counts its time. */
  public void time(String activity, Runnable work) {
    time(
        activity,
        () -> {
          work.run();
          return true;
        });
  }

  /** Counts time that was measured elsewhere. */
  public void add(String activity, long spent) {
    nanos.merge(activity, spent, Long::sum);
  }

  /** The shares of the time since this object was made, the uncounted rest last. */
  public Map<String, Double> shares() {
    double total = Math.max(1, System.nanoTime() - started);
    Map<String, Double> shares = new LinkedHashMap<>();
    double rest = 1;
    for (Map.Entry<String, Long> entry : nanos.entrySet()) {
      double share = entry.getValue() / total;
      shares.put(entry.getKey(), share);
      rest -= share;
    }
    shares.put(REST, Math.max(0, rest));
    return shares;
  }
}
