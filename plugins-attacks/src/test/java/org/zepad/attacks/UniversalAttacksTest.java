package org.zepad.attacks;

import ai.djl.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Checkpoint;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.AttackProvider;
import org.zepad.attacks.advencoder.AdvEncoderPatOptions;
import org.zepad.attacks.advencoder.AdvEncoderPatProvider;
import org.zepad.attacks.advencoder.AdvEncoderPerOptions;
import org.zepad.attacks.advencoder.AdvEncoderPerProvider;
import org.zepad.attacks.advencoder.Bounding;
import org.zepad.attacks.jacobian.SingularVectorsProvider;
import org.zepad.attacks.l4a.L4aBaseProvider;
import org.zepad.attacks.l4a.L4aFuseProvider;
import org.zepad.attacks.l4a.L4aUgsProvider;
import org.zepad.attacks.layer.DispersionReductionProvider;
import org.zepad.attacks.layer.FastFeatureFoolProvider;
import org.zepad.attacks.layer.SspProvider;
import org.zepad.attacks.noise.NoiseOptions;
import org.zepad.attacks.noise.PatchNoiseOptions;
import org.zepad.attacks.noise.PatchNoiseProvider;
import org.zepad.attacks.noise.SignNoiseProvider;
import org.zepad.attacks.noise.UniformNoiseProvider;
import org.zepad.attacks.pseudotask.UapProvider;
import org.zepad.attacks.pseudotask.UapgdProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.UniversalAttackContract;

/** Every universal attack of this module keeps the contract. */
@ParameterizedClass(name = "{0}")
@MethodSource("attacks")
class UniversalAttacksTest<O extends Record> extends UniversalAttackContract<O> {
  private final AttackCase<O> attack;

  UniversalAttacksTest(AttackCase<O> attack) {
    this.attack = attack;
  }

  static Stream<AttackCase<?>> attacks() {
    return Stream.of(
        AttackCase.of(new AdvEncoderPerProvider(), 0.04, e -> per(e, Bounding.SCALE, 256)),
        // Features that do not fit the cache are computed again.
        AttackCase.of(new AdvEncoderPerProvider(), 0.04, e -> per(e, Bounding.CLAMP, 0)),
        AttackCase.of(new AdvEncoderPatProvider(), 0.03, UniversalAttacksTest::pat),
        AttackCase.of(new UniformNoiseProvider(), 0.04, NoiseOptions::new).brief(),
        AttackCase.of(new SignNoiseProvider(), 0.04, NoiseOptions::new).brief(),
        AttackCase.of(new PatchNoiseProvider(), 0.03, e -> new PatchNoiseOptions(e, 0.2, 0.1))
            .brief(),
        epochwise(new DispersionReductionProvider()),
        epochwise(new FastFeatureFoolProvider()),
        epochwise(new L4aBaseProvider()),
        epochwise(new L4aFuseProvider()),
        epochwise(new L4aUgsProvider()),
        epochwise(new SingularVectorsProvider()),
        epochwise(new SspProvider()),
        epochwise(new UapProvider()),
        epochwise(new UapgdProvider()));
  }

  /** An attack that crafts in epochs, with two of them and small batches. */
  private static <O extends Record> AttackCase<O> epochwise(AttackProvider<O> provider) {
    Map<String, Object> small = new HashMap<>();
    for (String option : List.of("epochs", "iterations", "clusters")) {
      small.put(option, 2);
    }
    small.put("batch-size", 3);
    small.keySet().retainAll(names(provider));
    return AttackCase.of(
        provider,
        0.04,
        epsilon -> {
          small.put("epsilon", epsilon);
          return OptionsBinder.bind(provider.name(), provider.optionsType(), small);
        });
  }

  private static Set<String> names(AttackProvider<?> provider) {
    return OptionsBinder.toMap(
            OptionsBinder.bind(provider.name(), provider.optionsType(), Map.of()))
        .keySet();
  }

  private static AdvEncoderPerOptions per(double epsilon, Bounding bounding, int cache) {
    return new AdvEncoderPerOptions(
        epsilon, 2, 4, 2e-3, 5, 0.1, 3, 6, List.of(8, 6), bounding, false, cache);
  }

  private static AdvEncoderPatOptions pat(double share) {
    return new AdvEncoderPatOptions(share, 0.2, 0.1, 2, 4, 2e-3, 5, 0.1, 3, 6, List.of(8, 6), 256);
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

  @Override
  protected boolean savesCheckpoints() {
    return attack.continued();
  }
}
