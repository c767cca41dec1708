package org.zepad.attacks.advencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.attacks.loss.InfoNce;
import org.zepad.attacks.noise.NoiseOptions;
import org.zepad.attacks.noise.PatchNoiseOptions;
import org.zepad.attacks.noise.PatchNoiseProvider;
import org.zepad.attacks.noise.SignNoiseProvider;
import org.zepad.core.attack.Perturbations;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.PluginRegistry;

/** What is learnt is worth its learning: it moves features more than noise of the same size. */
class LearntPerturbationTest {
  private static final int IMAGES = 16;
  private static final int SIDE = 16;
  private static final double SHARE = 0.1;
  private static final double EPSILON = 0.1;

  private RunContext context;
  private Encoder victim;
  private NDArray images;

  @BeforeEach
  void open() {
    context = RunContexts.root(3, Device.cpu(), Progress.silent());
    victim =
        new BackboneEncoder(
            new EncoderInfo(
                "resnet18", Map.of("width", 4), "unknown", Preprocessing.imagenet(SIDE), Map.of()),
            PluginRegistry.open(List.of())::createBackbone,
            context);
    SplittableRandom random = new SplittableRandom(4);
    float[] pixels = new float[IMAGES * 3 * SIDE * SIDE];
    double colour = 0;
    for (int i = 0; i < pixels.length; i++) {
      colour = i % (SIDE * SIDE) == 0 ? random.nextDouble() : colour;
      pixels[i] = (float) (0.6 * colour + 0.4 * random.nextDouble());
    }
    images = context.manager().create(pixels, new Shape(IMAGES, 3, SIDE, SIDE));
  }

  @AfterEach
  void close() {
    victim.close();
    context.close();
  }

  @Test
  void aPatchBeatsNoise() {
    double learnt =
        confusion(
            new AdvEncoderPatProvider(),
            new AdvEncoderPatOptions(
                SHARE, 0.2, 0.2, 25, 8, 5e-3, 5, 0.1, 3, 6, List.of(16, 8), 16));
    double noise = confusion(new PatchNoiseProvider(), new PatchNoiseOptions(SHARE, 0.2, 0.2));
    assertThat(learnt).isGreaterThan(2 * noise);
  }

  @Test
  void aChangeBeatsNoise() {
    double learnt =
        confusion(
            new AdvEncoderPerProvider(),
            new AdvEncoderPerOptions(
                EPSILON, 25, 8, 5e-3, 5, 0.1, 3, 6, List.of(16, 8), Bounding.SCALE, false, 16));
    double noise = confusion(new SignNoiseProvider(), new NoiseOptions(EPSILON));
    assertThat(learnt).isGreaterThan(2 * noise);
  }

  @Test
  void numbersThatAreNotFiniteStopIt() {
    victim.state().tensors().values().iterator().next().muli(Float.NaN);
    refused(8, "advencoder-per: the loss is not finite", "check the encoder's weights");
  }

  @Test
  void fewerImagesThanABatchAreRefused() {
    refused(IMAGES + 1, "there are only 16 surrogate images", "Set batch-size to at most 16");
  }

  private void refused(int batchSize, String what, String remedy) {
    AdvEncoderPerOptions options =
        new AdvEncoderPerOptions(
            EPSILON, 1, batchSize, 5e-3, 5, 0.1, 3, 6, List.of(16, 8), Bounding.SCALE, false, 16);
    assertThatThrownBy(() -> confusion(new AdvEncoderPerProvider(), options))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(what)
        .hasMessageContaining(remedy);
  }

  /**
   * By how much InfoNCE is larger between the features of clean images and of perturbed ones than
   * between those of clean images and themselves.
   */
  private <O extends Record> double confusion(AttackProvider<O> provider, O options) {
    try (NDManager scope = context.manager().newSubManager()) {
      Perturbation made =
          ((UniversalAttack) provider.create(options)).craft(victim, new Surrogate(), context);
      NDArray x = images.duplicate();
      x.attach(scope);
      NDArray clean = victim.features(x, false);
      NDArray attacked = victim.features(Perturbations.apply(made, x, context.ops()), false);
      return InfoNce.loss(clean, attacked, 0.1).getFloat()
          - InfoNce.loss(clean, clean, 0.1).getFloat();
    }
  }

  /** The images in a rotated order. */
  private final class Surrogate implements ImageBatches {
    @Override
    public int size() {
      return IMAGES;
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
    public void forEach(int batchSize, OptionalLong shuffleSeed, Consumer<Batch> consumer) {
      int start = Math.floorMod(shuffleSeed.orElse(0), IMAGES);
      for (int from = 0; from < IMAGES; from += batchSize) {
        int first = start + from;
        int[] indices = new int[Math.min(batchSize, IMAGES - from)];
        Arrays.setAll(indices, i -> (first + i) % IMAGES);
        try (NDManager scope = context.manager().newSubManager()) {
          NDArray rows =
              scope.create(
                  LongStream.range(0, indices.length).map(i -> indices[(int) i]).toArray());
          NDArray batch = images.get(rows);
          batch.attach(scope);
          consumer.accept(new Batch(batch, scope.zeros(rows.getShape()), indices));
        }
      }
    }
  }
}
