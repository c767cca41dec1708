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
import org.zepad.attacks.adaptive.AdaptiveBranchesProvider;
import org.zepad.attacks.adaptive.AdaptiveEvasionProvider;
import org.zepad.attacks.adaptive.AdaptiveFusionProvider;
import org.zepad.attacks.adaptive.AdaptiveHijackProvider;
import org.zepad.attacks.adaptive.AdaptiveOptions;
import org.zepad.attacks.adaptive.EvasionOptions;
import org.zepad.attacks.feature.EmbedAttackOptions;
import org.zepad.attacks.feature.EmbedAttackProvider;
import org.zepad.attacks.feature.FeatureDistance;
import org.zepad.attacks.gradient.ApgdLoss;
import org.zepad.attacks.gradient.ApgdOptions;
import org.zepad.attacks.gradient.ApgdProvider;
import org.zepad.attacks.gradient.BallNorm;
import org.zepad.attacks.gradient.FgsmOptions;
import org.zepad.attacks.gradient.FgsmProvider;
import org.zepad.attacks.gradient.PgdLoss;
import org.zepad.attacks.gradient.PgdOptions;
import org.zepad.attacks.gradient.PgdProvider;
import org.zepad.attacks.query.SquareOptions;
import org.zepad.attacks.query.SquareProvider;
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
        AttackCase.of(new AdaptiveBranchesProvider(), 0.03, SampleAttacksTest::adaptive),
        AttackCase.of(
            new AdaptiveEvasionProvider(), 0.03, e -> new EvasionOptions(e, e / 3, 3, true, 2, 1)),
        AttackCase.of(new AdaptiveFusionProvider(), 0.03, SampleAttacksTest::adaptive),
        AttackCase.of(new AdaptiveHijackProvider(), 0.03, SampleAttacksTest::adaptive),
        apgd(ApgdLoss.CROSS_ENTROPY, BallNorm.LINF, 0.03),
        apgd(ApgdLoss.DLR, BallNorm.LINF, 0.03),
        apgd(ApgdLoss.CROSS_ENTROPY, BallNorm.L2, 0.5),
        AttackCase.of(
            new EmbedAttackProvider(),
            0.03,
            e -> new EmbedAttackOptions(e, e / 3, 3, FeatureDistance.SQUARED_L2, BallNorm.LINF)),
        AttackCase.of(
            new EmbedAttackProvider(),
            0.5,
            e -> new EmbedAttackOptions(e, e / 3, 3, FeatureDistance.COSINE, BallNorm.L2)),
        AttackCase.of(new FgsmProvider(), 0.03, FgsmOptions::new).notRandom(),
        pgd(false, BallNorm.LINF, 0.03).notRandom(),
        divergence(BallNorm.LINF, 0.03),
        divergence(BallNorm.L2, 0.5),
        pgd(true, BallNorm.LINF, 0.03),
        pgd(true, BallNorm.L2, 0.5),
        AttackCase.of(new SquareProvider(), 0.03, e -> new SquareOptions(e, 20, 0.8)));
  }

  private static AdaptiveOptions adaptive(double epsilon) {
    return new AdaptiveOptions(epsilon, epsilon / 3, 3, true);
  }

  private static AttackCase<ApgdOptions> apgd(ApgdLoss loss, BallNorm norm, double epsilon) {
    return AttackCase.of(new ApgdProvider(), epsilon, e -> new ApgdOptions(e, 5, 1, loss, norm));
  }

  private static AttackCase<PgdOptions> divergence(BallNorm norm, double epsilon) {
    return AttackCase.of(
        new PgdProvider(),
        epsilon,
        e -> new PgdOptions(e, e / 4, 3, false, norm, PgdLoss.KL_DIVERGENCE));
  }

  private static AttackCase<PgdOptions> pgd(boolean randomStart, BallNorm norm, double epsilon) {
    return AttackCase.of(
        new PgdProvider(),
        epsilon,
        e -> new PgdOptions(e, e / 4, 3, randomStart, norm, PgdLoss.CROSS_ENTROPY));
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
