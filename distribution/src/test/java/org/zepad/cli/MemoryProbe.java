package org.zepad.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.zepad.api.Progress;

/** Looks at the resident memory of this process at 10%, 50% and 100% of one task. */
final class MemoryProbe implements Progress {
  private static final double[] SHARES = {0.1, 0.5, 1};

  private final String task;
  private final long[] bytes = new long[SHARES.length];
  private int seen;
  private boolean watching;
  private long steps;

  /**
   * A probe.
   *
   * @param task how the label of the task begins; the first such task is looked at
   */
  MemoryProbe(String task) {
    this.task = task;
  }

  @Override
  public void start(String label, long total) {
    watching = seen == 0 && label.startsWith(task);
    steps = total;
  }

  @Override
  public void update(long done, String note) {
    while (watching && seen < SHARES.length && done >= SHARES[seen] * steps) {
      bytes[seen++] = resident();
    }
  }

  @Override
  public void message(String line) {}

  /** Bytes at each share; fails if the task did not come to its end. */
  long[] bytes() {
    if (seen < SHARES.length) {
      throw new IllegalStateException("the task '" + task + "' was seen only " + seen + " times");
    }
    return bytes.clone();
  }

  private static long resident() {
    System.gc();
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
