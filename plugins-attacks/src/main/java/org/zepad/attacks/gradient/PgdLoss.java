package org.zepad.attacks.gradient;

import org.zepad.api.attack.Budget;
import org.zepad.api.attack.SampleAttack;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.ascent.Start;

/** The losses that PGD climbs. */
public enum PgdLoss {
  /** The cross-entropy of the right class. */
  CROSS_ENTROPY {
    @Override
    SampleAttack ascent(Budget budget, double stepSize, int steps, boolean randomStart) {
      return new CrossEntropyAscent(new Ascent(budget, stepSize, steps, randomStart));
    }
  },
  /**
   * The divergence from the model's answer to the clean image, whose gradient is zero at that
   * image: without a random start the ascent begins {@link Start#BESIDE} it.
   */
  KL_DIVERGENCE {
    @Override
    SampleAttack ascent(Budget budget, double stepSize, int steps, boolean randomStart) {
      Start start = randomStart ? Start.BALL : Start.BESIDE;
      return new DivergenceAscent(new Ascent(budget, stepSize, steps, start));
    }
  };

  /** The attack that climbs this loss. */
  abstract SampleAttack ascent(Budget budget, double stepSize, int steps, boolean randomStart);
}
