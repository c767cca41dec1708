package org.zepad.core.check;

/**
 * How a plugin stands to one clause of its contract.
 *
 * @param clause the name of the test, in words
 * @param outcome how it ended
 * @param message of a failed clause, what was wrong; of a skipped one, why; else empty
 */
public record ContractResult(String clause, Outcome outcome, String message) {

  /** How a test ended. */
  public enum Outcome {
    /** It holds. */
    KEPT,
    /** It does not. */
    BROKEN,
    /** It does not apply. */
    SKIPPED
  }
}
