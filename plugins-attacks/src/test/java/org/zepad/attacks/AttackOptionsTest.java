package org.zepad.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zepad.api.ZepadException;
import org.zepad.attacks.adaptive.AdaptiveOptions;
import org.zepad.attacks.adaptive.EvasionOptions;
import org.zepad.attacks.advencoder.AdvEncoderPatOptions;
import org.zepad.attacks.advencoder.AdvEncoderPerOptions;
import org.zepad.attacks.advencoder.Bounding;
import org.zepad.attacks.feature.EmbedAttackOptions;
import org.zepad.attacks.feature.FeatureDistance;
import org.zepad.attacks.gradient.ApgdLoss;
import org.zepad.attacks.gradient.ApgdOptions;
import org.zepad.attacks.gradient.BallNorm;
import org.zepad.attacks.gradient.FgsmOptions;
import org.zepad.attacks.gradient.PgdLoss;
import org.zepad.attacks.gradient.PgdOptions;
import org.zepad.attacks.query.SquareOptions;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.core.plugin.PluginRegistry;

class AttackOptionsTest {

  @Test
  void testsRunOnTheModulePath() {
    assertThat(getClass().getModule().isNamed()).isTrue();
  }

  @Test
  void theDefaultsAreThoseOfThePapers() {
    assertThat(OptionsBinder.bind("fgsm", FgsmOptions.class, Map.of()).epsilon())
        .isCloseTo(8.0 / 255, within(1e-15));
    assertThat(OptionsBinder.bind("pgd", PgdOptions.class, Map.of()))
        .isEqualTo(new PgdOptions(0.03, 0.007, 10, false, BallNorm.LINF, PgdLoss.CROSS_ENTROPY));
    assertThat(
            OptionsBinder.bind(
                "apgd", ApgdOptions.class, Map.of("loss", "dlr", "norm", "l2", "epsilon", 3)))
        .isEqualTo(new ApgdOptions(3, 100, 1, ApgdLoss.DLR, BallNorm.L2));
    assertThat(OptionsBinder.bind("square", SquareOptions.class, Map.of()))
        .isEqualTo(new SquareOptions(8.0 / 255, 5000, 0.8));
    assertThat(OptionsBinder.bind("embed-attack", EmbedAttackOptions.class, Map.of()))
        .isEqualTo(
            new EmbedAttackOptions(
                8.0 / 255, 2.0 / 255, 20, FeatureDistance.SQUARED_L2, BallNorm.LINF));
    assertThat(OptionsBinder.bind("adaptive-fusion", AdaptiveOptions.class, Map.of()))
        .isEqualTo(new AdaptiveOptions(8.0 / 255, 2.0 / 255, 40, true));
    assertThat(OptionsBinder.bind("adaptive-evasion", EvasionOptions.class, Map.of()))
        .isEqualTo(new EvasionOptions(8.0 / 255, 2.0 / 255, 40, true, 5, 1));
    assertThat(OptionsBinder.bind("advencoder-per", AdvEncoderPerOptions.class, Map.of()))
        .isEqualTo(
            new AdvEncoderPerOptions(
                10.0 / 255,
                20,
                256,
                2e-4,
                5,
                0.1,
                8,
                100,
                List.of(1024, 512, 256, 128),
                Bounding.SCALE,
                false,
                256));
    assertThat(OptionsBinder.bind("advencoder-pat", AdvEncoderPatOptions.class, Map.of()))
        .isEqualTo(
            new AdvEncoderPatOptions(
                0.03,
                14.0 / 64,
                14.0 / 64,
                20,
                256,
                2e-4,
                5,
                0.1,
                8,
                100,
                List.of(1024, 512, 256, 128),
                256));
  }

  @Test
  void everyProviderIsFoundAndCreates() {
    PluginRegistry registry = PluginRegistry.open(List.of());
    for (String name :
        List.of(
            "adaptive-branches",
            "adaptive-evasion",
            "adaptive-fusion",
            "adaptive-hijack",
            "advencoder-pat",
            "advencoder-per",
            "apgd",
            "dispersion-reduction",
            "embed-attack",
            "fff",
            "fgsm",
            "l4a-base",
            "l4a-fuse",
            "l4a-ugs",
            "patch-noise",
            "pgd",
            "sign-noise",
            "singular-vectors",
            "square",
            "ssp",
            "uap",
            "uapgd",
            "uniform-noise")) {
      assertThat(registry.attack(name).name()).isEqualTo(name);
      assertThat(registry.createAttack(name, Map.of()).budget().epsilon()).isPositive();
    }
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> OptionsBinder.bind("pgd", PgdOptions.class, Map.of("steps", 0)))
        .isInstanceOf(ZepadException.class);
    for (Class<? extends Record> type :
        List.of(PgdOptions.class, ApgdOptions.class, EmbedAttackOptions.class)) {
      assertThatThrownBy(() -> OptionsBinder.bind("x", type, Map.of("epsilon", 2)))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("at most 1 with norm linf");
    }
    assertThatThrownBy(
            () ->
                OptionsBinder.bind(
                    "advencoder-per", AdvEncoderPerOptions.class, Map.of("widths", List.of())))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("widths");
  }
}
