package org.zepad.core.harden;

import java.util.List;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Defence;

/**
 * The defences that ZePAD is compared with: the victim is tuned and deployed alone. Other sources
 * are left out, which is told.
 */
record VictimDefence(BranchTuning tuning) implements Defence {

  /** A defence that tunes the victim in one stage. */
  static Defence of(String name, TuningOptions options, Tuner.RecipeMaker maker) {
    return new VictimDefence(new BranchTuning(name, options, Tuner.of(maker)));
  }

  @Override
  public List<Branch> harden(Request request) {
    if (request.sources().isEmpty()) {
      throw ZepadException.usage(
          "defence '" + tuning.defence() + "' needs an encoder. Configure one branch.");
    }
    Branch victim = request.sources().get(0);
    int others = request.sources().size() - 1;
    if (others > 0) {
      request
          .context()
          .progress()
          .message(
              "Defence '"
                  + tuning.defence()
                  + "' tunes the victim '"
                  + victim.name()
                  + "' alone; it leaves out "
                  + (others == 1 ? "the other branch." : "the other " + others + " branches."));
    }
    return List.of(tuning.of(victim, request));
  }
}
