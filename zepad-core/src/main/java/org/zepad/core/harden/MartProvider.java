package org.zepad.core.harden;

import java.util.Map;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.DefenceProvider;

/** The defence {@code mart} (Wang et al. 2020): {@link Mart} on the victim. */
public final class MartProvider implements DefenceProvider<MartOptions> {
  private static final String NAME = "mart";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "fine-tunes the victim on attacked images, harder on misunderstood ones";
  }

  @Override
  public Class<MartOptions> optionsType() {
    return MartOptions.class;
  }

  @Override
  public Defence create(MartOptions options) {
    return VictimDefence.of(
        NAME,
        options,
        attacks ->
            new Recipe(
                options,
                new Mart(options.lambda()),
                options.attack(attacks, TuningOptions.start(options.attackRandomStart())),
                options.attack(attacks, Map.of())));
  }
}
