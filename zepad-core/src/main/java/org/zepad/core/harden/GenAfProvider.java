package org.zepad.core.harden;

import org.zepad.api.defence.Defence;
import org.zepad.api.defence.DefenceProvider;

/**
 * The defence {@code gen-af} (Zhou et al., IEEE S&amp;P 2024): both stages of {@link GenAf} on the
 * victim.
 */
public final class GenAfProvider implements DefenceProvider<GenAfOptions> {
  private static final String NAME = "gen-af";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "fine-tunes the victim adversarially, then its least robust-relevant layers cleanly";
  }

  @Override
  public Class<GenAfOptions> optionsType() {
    return GenAfOptions.class;
  }

  @Override
  public Defence create(GenAfOptions options) {
    return new VictimDefence(new BranchTuning(NAME, options, new GenAf(options)));
  }
}
