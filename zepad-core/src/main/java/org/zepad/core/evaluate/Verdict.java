package org.zepad.core.evaluate;

import java.util.List;
import org.zepad.api.attack.ThreatModel;

/**
 * Whether a defended model is more robust than the undefended one under a threat model; withheld
 * while any flag is raised.
 *
 * @param comparison both models in the worst case of the threat model
 * @param benign both models on clean images
 * @param withheldBy the flags for which there is no verdict; empty if there is one
 * @param notRun self-checks that something was missing for
 */
public record Verdict(
    Comparison comparison, Benign benign, List<String> withheldBy, List<String> notRun) {
  public Verdict {
    withheldBy = List.copyOf(withheldBy);
    notRun = List.copyOf(notRun);
  }

  /** The defended model. */
  public String model() {
    return comparison.a();
  }

  /** The undefended model. */
  public String against() {
    return comparison.b();
  }

  /** What the attacker holds. */
  public ThreatModel threatModel() {
    return comparison.threatModel();
  }

  /** The verdict as one sentence, or that there is none, and why. */
  public String text() {
    return VerdictText.of(this);
  }
}
