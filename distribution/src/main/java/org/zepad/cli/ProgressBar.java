package org.zepad.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.zepad.api.Progress;

/**
 * Progress for a person. On a terminal one line that changes, at most ten times a second; elsewhere
 * a plain line at the start, the end, and every ten seconds. Thread-safe.
 */
final class ProgressBar implements Progress {
  private static final long TERMINAL_PAUSE = Duration.ofMillis(100).toNanos();
  private static final long PLAIN_PAUSE = Duration.ofSeconds(10).toNanos();
  private static final int WIDTH = 24;

  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier clock;
  private String label = "";
  private long steps = 1;
  private long started;
  private long shown;
  // Where the first step that was seen ended: a continued task does not begin at 0, and the first
  // step of any is slower than the others. The time left is told by what came after it.
  private long firstDone;
  private long firstTime;
  private int length;

  /**
   * Shows progress.
   *
   * @param err where to
   * @param terminal whether lines can be overwritten there
   */
  ProgressBar(PrintWriter err, boolean terminal) {
    this(err, terminal, System::nanoTime);
  }

  /** With a clock of nanoseconds, for tests. */
  ProgressBar(PrintWriter err, boolean terminal, LongSupplier clock) {
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public synchronized void start(String newLabel, long newSteps) {
    finishLine();
    label = newLabel;
    steps = Math.max(1, newSteps);
    started = clock.getAsLong();
    shown = started;
    firstDone = 0;
    show(0, "");
  }

  @Override
  public synchronized void update(long done, String note) {
    long now = clock.getAsLong();
    if (firstDone == 0) {
      firstDone = done;
      firstTime = now;
    }
    if (done >= steps || now - shown >= (terminal ? TERMINAL_PAUSE : PLAIN_PAUSE)) {
      shown = now;
      show(done, note);
      if (done >= steps) {
        finishLine();
      }
    }
  }

  @Override
  public synchronized void message(String line) {
    finishLine();
    err.println(line);
    err.flush();
  }

  private void show(long done, String note) {
    long now = clock.getAsLong();
    StringBuilder line = new StringBuilder(label).append(' ');
    if (terminal) {
      int filled = (int) (WIDTH * Math.min(done, steps) / steps);
      line.append('[').append("=".repeat(filled)).append(" ".repeat(WIDTH - filled)).append("] ");
    }
    line.append(done).append('/').append(steps);
    if (done >= steps) {
      line.append(" in ").append(time(now - started));
    } else if (firstDone > 0 && done > firstDone) {
      long left = (now - firstTime) / (done - firstDone) * (steps - done);
      line.append(", ").append(time(left)).append(" left");
    }
    if (!note.isEmpty()) {
      line.append(", ").append(note);
    }
    if (terminal) {
      int text = line.length();
      err.print("\r" + line + " ".repeat(Math.max(0, length - text)));
      length = text;
    } else {
      err.println(line);
    }
    err.flush();
  }

  private void finishLine() {
    if (length > 0) {
      err.println();
      length = 0;
    }
  }

  private static String time(long nanos) {
    long seconds = Math.round(nanos / 1e9);
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
