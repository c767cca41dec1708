package org.zepad.core.harden;

import java.util.Map;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.DefenceProvider;

/**
 * The defence {@code pgd-at} (Madry et al. 2018): {@link AdversarialCrossEntropy} on the victim.
 */
public final class PgdAtProvider implements DefenceProvider<PgdAtOptions> {
  private static final String NAME = "pgd-at";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "fine-tunes the victim on attacked images";
  }

  @Override
  public Class<PgdAtOptions> optionsType() {
    return PgdAtOptions.class;
  }

  @Override
  public Defence create(PgdAtOptions options) {
    return VictimDefence.of(
        NAME,
        options,
        attacks ->
            new Recipe(
                options,
                new AdversarialCrossEntropy(),
                options.attack(attacks, TuningOptions.start(options.attackRandomStart())),
                options.attack(attacks, Map.of())));
  }
}
