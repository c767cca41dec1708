package org.zepad.attacks.advencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.Checkpoint;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.attacks.TestEncoder;
import org.zepad.core.data.TensorBatches;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.io.FolderCheckpoint;

class AdvEncoderPerTest {
  private static final double EPSILON = 10.0 / 255;

  static AdvEncoderPerOptions options(
      int epochs, int batchSize, List<Integer> widths, boolean clamp) {
    return new AdvEncoderPerOptions(
        EPSILON, epochs, batchSize, 2e-4, 5, 0.1, 8, 8, widths, clamp, 64);
  }

  @ParameterizedTest
  @CsvSource({"16, false", "16, true", "24, false", "8, false", "40, false"})
  void thePerturbationFitsImagesAndBudget(int side, boolean clamp) {
    try (RunContext context = context(label -> Checkpoint.none())) {
      TestEncoder victim = victim(side, context);
      UniversalAttack attack = attack(options(1, 6, List.of(16, 8, 8), clamp));
      Perturbation perturbation = attack.craft(victim, images(7, side, context), context);
      assertThat(perturbation.delta().getShape()).isEqualTo(new Shape(3, side, side));
      assertThat((double) perturbation.delta().abs().max().getFloat())
          .isLessThanOrEqualTo(EPSILON + 1e-6);
      assertThat(perturbation.budget()).isEqualTo(attack.budget());
      assertThat(perturbation.delta().getManager()).isSameAs(context.manager());
    }
  }

  @Test
  void theVictimStaysAsItWasAndLabelsAreNotRead() {
    try (RunContext context = context(label -> Checkpoint.none())) {
      TestEncoder victim = victim(16, context);
      victim.state().requireGradients(true);
      List<float[]> before = values(victim);
      attack(options(1, 6, List.of(8, 8), false)).craft(victim, images(12, 16, context), context);
      List<float[]> after = values(victim);
      IntStream.range(0, before.size())
          .forEach(i -> assertThat(after.get(i)).isEqualTo(before.get(i)));
      victim
          .state()
          .parameters()
          .forEach((name, p) -> assertThat(p.hasGradient()).as(name).isTrue());
    }
  }

  @Test
  void theSeedDecidesAndTheCacheDoesNot() {
    try (RunContext context = context(label -> Checkpoint.none())) {
      TestEncoder victim = victim(16, context);
      ImageBatches images = images(14, 16, context);
      AdvEncoderPerOptions cached = options(2, 6, List.of(8, 8), false);
      float[] first = attack(cached).craft(victim, images, context).delta().toFloatArray();
      float[] again = attack(cached).craft(victim, images, context).delta().toFloatArray();
      assertThat(again).isEqualTo(first);
      AdvEncoderPerOptions uncached =
          new AdvEncoderPerOptions(EPSILON, 2, 6, 2e-4, 5, 0.1, 8, 8, List.of(8, 8), false, 0);
      NDArray without = attack(uncached).craft(victim, images, context).delta();
      NDArray with = context.manager().create(first, new Shape(3, 16, 16));
      assertThat(without.sub(with).abs().max().getFloat()).isLessThan(1e-4f);
      try (RunContext other = context.child("other")) {
        assertThat(attack(cached).craft(victim, images, other).delta().toFloatArray())
            .isNotEqualTo(first);
      }
    }
  }

  @Test
  void aBoundedCacheGivesTheSameFeatures() {
    try (RunContext context = context(label -> Checkpoint.none())) {
      TestEncoder victim = victim(16, context);
      ImageBatches images = images(10, 16, context);
      // Room for seven of the ten.
      CleanFeatures some = new CleanFeatures(victim, images, 4, 7L * 4 * victim.featureDim());
      images.forEach(
          4,
          OptionalLong.of(5),
          batch -> {
            NDArray expected = victim.features(batch.images(), false);
            assertThat(some.of(batch).sub(expected).abs().max().getFloat())
                .isLessThan(1e-5f * expected.abs().max().getFloat());
          });
    }
  }

  @Test
  void aKilledTrainingContinuesToTheSameNumbers(@TempDir Path folder) {
    AdvEncoderPerOptions options = options(3, 6, List.of(8, 8), false);
    float[] whole;
    try (RunContext context = context(label -> Checkpoint.none())) {
      whole = craft(options, context);
    }
    Function<String, Checkpoint> killing =
        label ->
            new KilledAfterSaving(new FolderCheckpoint(folder.resolve("checkpoint.safetensors")));
    try (RunContext context = context(killing)) {
      assertThatThrownBy(() -> craft(options, context)).isInstanceOf(Killed.class);
    }
    try (RunContext context =
        context(label -> new FolderCheckpoint(folder.resolve("checkpoint.safetensors")))) {
      assertThat(craft(options, context)).isEqualTo(whole);
    }
    try (RunContext context =
        context(label -> new FolderCheckpoint(folder.resolve("checkpoint.safetensors")))) {
      assertThat(craft(options, context)).as("finished already").isEqualTo(whole);
      assertThatThrownBy(() -> craft(options(3, 5, List.of(8, 8), false), context))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("other settings");
    }
  }

  @Test
  void tooFewImagesAreAUsageError() {
    try (RunContext context = context(label -> Checkpoint.none())) {
      TestEncoder victim = victim(16, context);
      assertThatThrownBy(
              () ->
                  attack(options(1, 6, List.of(8), false))
                      .craft(victim, images(5, 16, context), context))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("batch-size is 6")
          .hasMessageContaining("only 5");
    }
  }

  @Test
  void itTurnsFeaturesAwayMoreThanSignNoise() {
    try (RunContext context = context(label -> Checkpoint.none())) {
      ImageBatches images = images(48, 16, context);
      TestEncoder victim = settledVictim(images, context);
      NDArray delta =
          attack(
                  new AdvEncoderPerOptions(
                      EPSILON, 30, 16, 2e-3, 5, 0.1, 8, 8, List.of(16, 16), false, 64))
              .craft(victim, images, context)
              .delta();
      double crafted = similarity(victim, delta, context);
      double noise =
          IntStream.range(0, 3)
              .mapToDouble(seed -> similarity(victim, signNoise(seed, context), context))
              .average()
              .orElseThrow();
      assertThat(1 - crafted).as("crafted, against noise").isGreaterThan(1.25 * (1 - noise));
    }
  }

  @Test
  void memoryStaysFlat() {
    try (RunContext context = context(label -> Checkpoint.none())) {
      TestEncoder victim = victim(16, context);
      ImageBatches images = images(12, 16, context);
      int[] arrays = new int[4];
      for (int i = 0; i < arrays.length; i++) {
        try (RunContext part = context.child("part")) {
          attack(options(1, 6, List.of(8, 8), false)).craft(victim, images, part);
          assertThat(part.manager().getManagedArrays()).as("the perturbation").hasSize(1);
        }
        arrays[i] =
            context.manager().getManagedArrays().size()
                + context.manager().getParentManager().getManagedArrays().size();
      }
      assertThat(arrays[3]).isEqualTo(arrays[1]);
    }
  }

  private static float[] craft(AdvEncoderPerOptions options, RunContext context) {
    return attack(options)
        .craft(victim(16, context), images(14, 16, context), context)
        .delta()
        .toFloatArray();
  }

  private static RunContext context(Function<String, Checkpoint> checkpoints) {
    return RunContexts.root(5, Device.cpu(), Progress.silent(), checkpoints);
  }

  private static UniversalAttack attack(AdvEncoderPerOptions options) {
    return (UniversalAttack) new AdvEncoderPerProvider().create(options);
  }

  private static ImageBatches images(int count, int side, RunContext context) {
    return new TensorBatches(
        new Patterns(count, side),
        IntStream.range(0, count).toArray(),
        10,
        side,
        context.manager());
  }

  private static TestEncoder victim(int side, RunContext context) {
    return TestEncoder.narrow(side, context);
  }

  /** Random weights, but the running statistics of real features, so that these differ. */
  private static TestEncoder settledVictim(ImageBatches images, RunContext context) {
    TestEncoder victim = victim(images.imageSize(), context);
    for (int pass = 0; pass < 5; pass++) {
      images.forEach(
          images.size(), OptionalLong.empty(), batch -> victim.features(batch.images(), true));
    }
    return victim;
  }

  private static List<float[]> values(TestEncoder encoder) {
    return encoder.state().tensors().values().stream()
        .map(array -> array.toType(DataType.FLOAT32, true).toFloatArray())
        .toList();
  }

  /** The mean cosine similarity of clean and perturbed features, over images not trained on. */
  private static double similarity(TestEncoder victim, NDArray delta, RunContext context) {
    double[] sum = new double[1];
    ImageBatches images =
        new TensorBatches(
            new Patterns(128, 16), IntStream.range(64, 96).toArray(), 10, 16, context.manager());
    images.forEach(
        64,
        OptionalLong.empty(),
        batch -> {
          NDArray perturbed = batch.images().add(delta.expandDims(0)).clip(0f, 1f);
          NDArray clean = victim.features(batch.images(), false).normalize(2, 1);
          NDArray moved = victim.features(perturbed, false).normalize(2, 1);
          sum[0] = clean.mul(moved).sum(new int[] {1}).mean().getFloat();
        });
    return sum[0];
  }

  private static NDArray signNoise(int seed, RunContext context) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[3 * 16 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextBoolean() ? EPSILON : -EPSILON);
    }
    return context.manager().create(values, new Shape(3, 16, 16));
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Saves, and does not live to see more. */
  private record KilledAfterSaving(Checkpoint checkpoint) implements Checkpoint {
    @Override
    public void save(long step, Map<String, NDArray> tensors, Map<String, String> values) {
      checkpoint.save(step, tensors, values);
      throw new Killed();
    }

    @Override
    public Optional<Saved> load(NDManager manager) {
      return checkpoint.load(manager);
    }
  }
}
