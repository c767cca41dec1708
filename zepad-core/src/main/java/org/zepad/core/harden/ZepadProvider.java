package org.zepad.core.harden;

import org.zepad.api.defence.Defence;
import org.zepad.api.defence.DefenceProvider;

/** The defence {@code zepad} (Lei, Yang and Zhang, ICLR 2026). */
public final class ZepadProvider implements DefenceProvider<FineTuningOptions> {
  static final String NAME = "zepad";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "fine-tunes MPAE branches adversarially and keeps BMP branches clean";
  }

  @Override
  public Class<FineTuningOptions> optionsType() {
    return FineTuningOptions.class;
  }

  @Override
  public Defence create(FineTuningOptions options) {
    return new ZepadDefence(options);
  }
}
