package org.zepad.core.harden;

import java.util.List;
import org.zepad.api.NoOptions;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.DefenceProvider;

/** The defence {@code none}: the victim alone, as published. What others are compared with. */
public final class NoDefenceProvider implements DefenceProvider<NoOptions> {

  @Override
  public String name() {
    return "none";
  }

  @Override
  public String description() {
    return "the victim alone, as published";
  }

  @Override
  public Class<NoOptions> optionsType() {
    return NoOptions.class;
  }

  @Override
  public Defence create(NoOptions options) {
    return request -> {
      if (request.sources().isEmpty()) {
        throw ZepadException.usage("defence 'none' needs an encoder. Configure one branch.");
      }
      return List.of(request.sources().get(0));
    };
  }
}
