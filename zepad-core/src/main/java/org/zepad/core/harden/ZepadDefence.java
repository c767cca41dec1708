package org.zepad.core.harden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.Role;

/** ZePAD: every MPAE branch is fine-tuned adversarially, every BMP branch is kept clean. */
final class ZepadDefence implements Defence {
  private final FineTuningOptions options;

  ZepadDefence(FineTuningOptions options) {
    this.options = options;
  }

  @Override
  public List<Branch> harden(Request request) {
    if (request.sources().stream().noneMatch(source -> source.role() == Role.MPAE)) {
      throw ZepadException.usage(
          "defence 'zepad' needs at least one MPAE branch to fine-tune, got "
              + request.sources().size()
              + " branches and none of them. Give the victim the role MPAE.");
    }
    SampleAttack attack = options.attack(request.attacks(), Map.of());
    BranchTuning tuning =
        new BranchTuning(ZepadProvider.NAME, options, Tuner.of(attacks -> options.recipe(attack)));
    List<Branch> branches = new ArrayList<>();
    for (Branch source : request.sources()) {
      branches.add(source.role() == Role.MPAE ? tuning.of(source, request) : source);
    }
    return List.copyOf(branches);
  }
}
