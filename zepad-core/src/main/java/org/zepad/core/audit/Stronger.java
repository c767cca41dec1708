package org.zepad.core.audit;

import java.util.Locale;
import org.zepad.core.evaluate.Check;
import org.zepad.core.metrics.McNemar;

/** One attack must not be stronger than another, beyond chance. */
final class Stronger {
  /**
   * The level at which a difference raises a flag: low, since many pairs are looked at and a flag
   * takes the verdict away.
   */
  static final double LEVEL = 0.01;

  private Stronger() {}

  /**
   * A check that an attack which ought to be weaker is not stronger.
   *
   * @param underStrong images that withstand the attack that ought to be stronger
   * @param underWeak images that withstand the other
   * @param meaning what is found if the flag is raised, without figures
   */
  static Check check(
      String flag, String subject, boolean[] underStrong, boolean[] underWeak, String meaning) {
    McNemar test = McNemar.of(underStrong, underWeak);
    double lead = (test.onlyFirst() - test.onlySecond()) / (double) underWeak.length;
    return Check.of(
        flag,
        subject,
        null,
        test.firstBetter(LEVEL),
        lead,
        0,
        String.format(
            Locale.ROOT,
            "%s: %.1f points of accuracy, McNemar p = %.2g, raised below %s",
            meaning,
            100 * lead,
            test.pValue(),
            LEVEL));
  }
}
