package org.zepad.core.harden;

import java.util.Map;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.DefenceProvider;

/** The defence {@code fine-tuning}: {@link CleanCrossEntropy} on the victim. */
public final class StandardTuningProvider implements DefenceProvider<StandardTuningOptions> {
  private static final String NAME = "fine-tuning";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "fine-tunes the victim on clean images";
  }

  @Override
  public Class<StandardTuningOptions> optionsType() {
    return StandardTuningOptions.class;
  }

  @Override
  public Defence create(StandardTuningOptions options) {
    return VictimDefence.of(
        NAME,
        options,
        attacks -> {
          SampleAttack judge = options.attack(attacks, Map.of());
          return new Recipe(options, new CleanCrossEntropy(EpochChoice.BENIGN), judge, judge);
        });
  }
}
