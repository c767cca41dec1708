package org.zepad.core.harden;

import java.util.Map;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.DefenceProvider;

/** The defence {@code trades} (Zhang et al. 2019): {@link Trades} on the victim. */
public final class TradesProvider implements DefenceProvider<TradesOptions> {
  private static final String NAME = "trades";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "fine-tunes the victim on clean images and on their distance from attacked ones";
  }

  @Override
  public Class<TradesOptions> optionsType() {
    return TradesOptions.class;
  }

  @Override
  public Defence create(TradesOptions options) {
    return VictimDefence.of(
        NAME,
        options,
        attacks ->
            new Recipe(
                options,
                new Trades(options.beta()),
                options.attack(
                    attacks,
                    options.attackLoss().isEmpty()
                        ? Map.of()
                        : Map.of("loss", options.attackLoss())),
                options.attack(attacks, Map.of())));
  }
}
