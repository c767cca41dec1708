package org.zepad.api;

import java.util.Map;

/**
 * Where long work says how far it is. Implementations are cheap to call and never throw, but for
 * one that cancels the work: it throws a {@link java.util.concurrent.CancellationException} from
 * {@link #update}. Whoever works lets it pass, leaves what it was given as it was, and frees what
 * it made; what was saved in a checkpoint stays, so that the work may go on later.
 */
public interface Progress {

  /**
   * Starts a task of a known number of steps; a task started before is over.
   *
   * @param label what is being done, for a person
   * @param steps the number of steps, at least 1
   */
  void start(String label, long steps);

  /**
   * Says how many steps of the current task are done.
   *
   * @param done from 0 to the number of steps
   * @param note figures worth showing, such as the loss; may be empty
   */
  void update(long done, String note);

  /** Prints a line that stays. */
  void message(String line);

  /**
   * Says where the time of work that has just ended went. Shown only on request.
   *
   * @param label what was done
   * @param shares of the whole time, from 0 to 1, by activity; they sum to 1
   */
  default void profile(String label, Map<String, Double> shares) {}

  /** Shows nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void start(String label, long steps) {}

      @Override
      public void update(long done, String note) {}

      @Override
      public void message(String line) {}
    };
  }
}
