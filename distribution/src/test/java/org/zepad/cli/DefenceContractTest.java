package org.zepad.cli;

import ai.djl.Device;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.zepad.api.Checkpoint;
import org.zepad.api.NoOptions;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Attack;
import org.zepad.api.defence.DefenceProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.testkit.DefenceContract;

/** The contract of defences, of all that the program has, with its real attacks. */
class DefenceContractTest {
  private static final PluginRegistry PLUGINS = PluginRegistry.open(List.of());
  private static final Map<String, Object> SMALL =
      Map.of("epochs", 2, "batch-size", 8, "attack-steps", 1);

  @Nested
  class Zepad extends Own<Record> {
    Zepad() {
      super("zepad", SMALL);
    }
  }

  @Nested
  class PgdAt extends Own<Record> {
    PgdAt() {
      super("pgd-at", SMALL);
    }
  }

  @Nested
  class Trades extends Own<Record> {
    Trades() {
      super("trades", SMALL);
    }
  }

  @Nested
  class Mart extends Own<Record> {
    Mart() {
      super("mart", SMALL);
    }
  }

  @Nested
  class GenAf extends Own<Record> {
    GenAf() {
      super("gen-af", SMALL);
    }
  }

  @Nested
  class FineTuning extends Own<Record> {
    FineTuning() {
      super("fine-tuning", Map.of("epochs", 2, "batch-size", 8));
    }
  }

  @Nested
  class None extends Own<NoOptions> {
    None() {
      super("none", Map.of());
    }

    @Override
    protected boolean tunes() {
      return false;
    }
  }

  /** A defence of the registry. */
  abstract static class Own<O extends Record> extends DefenceContract<O> {
    private final String name;
    private final Map<String, Object> options;

    Own(String name, Map<String, Object> options) {
      this.name = name;
      this.options = options;
    }

    @Override
    @SuppressWarnings("unchecked")
    protected DefenceProvider<O> provider() {
      return (DefenceProvider<O>) PLUGINS.defence(name);
    }

    @Override
    protected O options() {
      return OptionsBinder.bind(name, provider().optionsType(), options);
    }

    @Override
    protected O reread(O written) {
      return OptionsBinder.bind(name, provider().optionsType(), OptionsBinder.toMap(written));
    }

    @Override
    protected RunContext context(long seed, Function<String, Checkpoint> checkpoints) {
      return RunContexts.root(seed, Device.cpu(), Progress.silent(), checkpoints);
    }

    @Override
    protected Attack attack(String attack, Map<String, Object> given) {
      return PLUGINS.createAttack(attack, given);
    }
  }
}
