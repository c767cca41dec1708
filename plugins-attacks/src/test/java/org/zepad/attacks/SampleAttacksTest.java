package org.zepad.attacks;

import ai.djl.Device;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Checkpoint;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.AttackProvider;
import org.zepad.attacks.gradient.FgsmOptions;
import org.zepad.attacks.gradient.FgsmProvider;
import org.zepad.attacks.gradient.PgdOptions;
import org.zepad.attacks.gradient.PgdProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.SampleAttackContract;

/** Every attack on single images of this module keeps the contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("attacks")
class SampleAttacksTest<O extends Record> extends SampleAttackContract<O> {
  private final AttackCase<O> attack;

  SampleAttacksTest(AttackCase<O> attack) {
    this.attack = attack;
  }

  static Stream<AttackCase<?>> attacks() {
    return Stream.of(
        AttackCase.of(new FgsmProvider(), 0.03, FgsmOptions::new).notRandom(),
        AttackCase.of(new PgdProvider(), 0.03, e -> new PgdOptions(e, 0.007, 3, false)).notRandom(),
        AttackCase.of(new PgdProvider(), 0.03, e -> new PgdOptions(e, 0.007, 3, true)));
  }

  @Override
  protected AttackProvider<O> provider() {
    return attack.provider();
  }

  @Override
  protected O options(double epsilon) {
    return attack.options().apply(epsilon);
  }

  @Override
  protected O reread(O options) {
    return OptionsBinder.bind(
        provider().name(), provider().optionsType(), OptionsBinder.toMap(options));
  }

  @Override
  protected RunContext context(long seed, Function<String, Checkpoint> checkpoints) {
    return RunContexts.root(seed, Device.cpu(), Progress.silent(), checkpoints);
  }

  @Override
  protected double epsilon() {
    return attack.epsilon();
  }

  @Override
  protected boolean isRandom() {
    return attack.random();
  }
}
