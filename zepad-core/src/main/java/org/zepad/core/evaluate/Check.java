package org.zepad.core.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * The result of a self-check: whether there is a sign that figures flatter a model.
 *
 * @param flag the flag that it raises, kebab case, permanent
 * @param subject the model that it concerns; null if all
 * @param attack the attack that it concerns; null if none by itself
 * @param status what came of it
 * @param figure what was found; NaN where it was not run
 * @param limit beyond which the flag is raised, where the meaning says so by more than chance
 * @param meaning one sentence of what was found and what it means, or why it was not run
 */
public record Check(
    String flag,
    @Nullable String subject,
    @Nullable String attack,
    Status status,
    double figure,
    double limit,
    String meaning) {

  /** What came of a check. */
  public enum Status {
    /** No sign was found. */
    PASSED,
    /** The sign is there. */
    RAISED,
    /** Something that it needs is missing. */
    NOT_RUN
  }

  /** A check that was run. */
  public static Check of(
      String flag,
      @Nullable String subject,
      @Nullable String attack,
      boolean raised,
      double figure,
      double limit,
      String meaning) {
    return new Check(
        flag, subject, attack, raised ? Status.RAISED : Status.PASSED, figure, limit, meaning);
  }

  /** A check that was not run, and why. */
  public static Check notRun(String flag, @Nullable String subject, String why) {
    return new Check(flag, subject, null, Status.NOT_RUN, Double.NaN, Double.NaN, why);
  }

  /** Whether its flag is raised. */
  public boolean raised() {
    return status == Status.RAISED;
  }
}
