package org.zepad.attacks.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.attacks.advencoder.AdvEncoderPatOptions;
import org.zepad.attacks.patch.PatchPlace;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;

class NoiseTest {
  private static final int SIDE = 64;

  private RunContext context;

  @BeforeEach
  void open() {
    context = RunContexts.root(3, Device.cpu(), Progress.silent());
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void uniformNoiseFillsItsRangeEvenly() {
    float[] delta = delta(new UniformNoiseProvider(), new NoiseOptions(0.1));
    int[] tenths = new int[10];
    for (float change : delta) {
      tenths[(int) ((change / 0.1 + 1) * 5)]++;
    }
    // 1,229 expected, with a standard deviation of 33.
    for (int count : tenths) {
      assertThat(count).isBetween(1060, 1400);
    }
  }

  @Test
  void signNoiseGoesUpOrDownAllTheWay() {
    float[] delta = delta(new SignNoiseProvider(), new NoiseOptions(0.1));
    int up = 0;
    for (float change : delta) {
      assertThat(Math.abs(change)).isEqualTo(0.1f);
      up += change > 0 ? 1 : 0;
    }
    assertThat(up / (double) delta.length).isCloseTo(0.5, within(0.03));
  }

  @Test
  void patchNoiseLiesWhereAdvEncoderHasItsPatchAndHasAllShades() {
    PatchNoiseOptions options =
        OptionsBinder.bind("patch-noise", PatchNoiseOptions.class, Map.of());
    AdvEncoderPatOptions attack =
        OptionsBinder.bind("advencoder-pat", AdvEncoderPatOptions.class, Map.of());
    PatchPlace place = new PatchPlace(attack.share(), attack.right(), attack.bottom());
    assertThat(options.place()).isEqualTo(place);

    Perturbation patch = craft(new PatchNoiseProvider(), options);
    float[] covered = place.mask("test", SIDE, context.manager()).toFloatArray();
    assertThat(patch.mask().toFloatArray()).isEqualTo(covered);
    List<Float> shades = new ArrayList<>();
    float[] delta = patch.delta().toFloatArray();
    for (int i = 0; i < delta.length; i++) {
      if (covered[i % covered.length] == 1) {
        shades.add(delta[i]);
      }
    }
    assertThat(shades).hasSize(3 * 11 * 11).doesNotHaveDuplicates();
    assertThat(shades.stream().mapToDouble(Float::doubleValue).average().orElseThrow())
        .isCloseTo(0.5, within(0.06));
  }

  @Test
  void noiseNeedsNoKnowledge() {
    List<AttackProvider<?>> all =
        List.of(new UniformNoiseProvider(), new SignNoiseProvider(), new PatchNoiseProvider());
    assertThat(all).allMatch(provider -> provider.knowledge() == Knowledge.NOTHING);
  }

  private <O extends Record> float[] delta(AttackProvider<O> provider, O options) {
    return craft(provider, options).delta().toFloatArray();
  }

  /** Without a victim, which noise must not touch, and without a single image. */
  private <O extends Record> Perturbation craft(AttackProvider<O> provider, O options) {
    ImageBatches sizeAlone =
        new ImageBatches() {
          @Override
          public int size() {
            return 0;
          }

          @Override
          public int classes() {
            return 1;
          }

          @Override
          public int imageSize() {
            return SIDE;
          }

          @Override
          public void forEach(int batchSize, OptionalLong seed, Consumer<Batch> consumer) {
            throw new AssertionError("noise looks at no image");
          }
        };
    return ((UniversalAttack) provider.create(options)).craft(null, sizeAlone, context);
  }
}
