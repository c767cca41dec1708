package org.zepad.attacks.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.SampleAttack;
import org.zepad.attacks.SmallBench;
import org.zepad.attacks.SmallNetwork;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.loss.CrossEntropy;
import org.zepad.core.engine.RunContexts;

class GradientAttackTest {
  private RunContext context;
  private SmallNetwork target;
  private NDArray images;
  private NDArray labels;

  @BeforeEach
  void open() {
    context = RunContexts.root(3, Device.cpu(), Progress.silent());
    NDManager manager = context.manager();
    SplittableRandom random = context.random();
    Map<String, NDArray> weights = new LinkedHashMap<>();
    weights.put("conv1.weight", normal(random, 0.3, 8, 3, 3, 3));
    weights.put("conv1.bias", manager.zeros(new Shape(8)));
    weights.put("bn1.weight", manager.ones(new Shape(8)));
    weights.put("bn1.bias", manager.zeros(new Shape(8)));
    weights.put("bn1.running_mean", manager.zeros(new Shape(8)));
    weights.put("bn1.running_var", manager.ones(new Shape(8)));
    weights.put("conv2.weight", normal(random, 0.2, 16, 8, 3, 3));
    weights.put("conv2.bias", manager.zeros(new Shape(16)));
    weights.put("fc.weight", normal(random, 0.5, 10, 16));
    weights.put("fc.bias", manager.zeros(new Shape(10)));
    target = new SmallNetwork(weights, true, context.ops());
    images = normal(random, 0.4, 6, 3, 16, 16).add(0.5f).clip(0f, 1f);
    labels = target.logits(images).argMax(1);
  }

  @AfterEach
  void close() {
    context.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingChangesWithoutABudget(boolean randomStart) {
    NDArray adversarial = pgd(0, 0.007, 3, randomStart).perturb(target, images, labels, context);
    assertThat(adversarial.toFloatArray()).isEqualTo(images.toFloatArray());
    assertThat(adversarial).isNotSameAs(images);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.03, 0.5, 1})
  void theBudgetIsKept(double epsilon) {
    NDArray adversarial =
        pgd(epsilon, epsilon / 2, 5, true).perturb(target, images, labels, context);
    assertThat((double) adversarial.sub(images).abs().max().getFloat())
        .isLessThanOrEqualTo(epsilon + 1e-6);
    assertThat(adversarial.min().getFloat()).isGreaterThanOrEqualTo(0);
    assertThat(adversarial.max().getFloat()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 1, 8})
  void theEuclideanBudgetIsKept(double epsilon) {
    NDArray adversarial =
        euclidean(epsilon, epsilon / 2, 5, true).perturb(target, images, labels, context);
    for (double size : SmallBench.distances(adversarial, images)) {
      assertThat(size).isBetween(epsilon / 4, epsilon * (1 + 1e-6));
    }
    assertThat(adversarial.min().getFloat()).isGreaterThanOrEqualTo(0);
    assertThat(adversarial.max().getFloat()).isLessThanOrEqualTo(1);
  }

  @Test
  void aEuclideanStepGoesAlongTheGradientOfEachImage() {
    NDArray grey = images.sub(0.5f).mul(0.2f).add(0.5f);
    NDArray reached = euclidean(2, 0.3, 1, false).perturb(target, grey, labels, context);
    NDArray gradient =
        Ascent.gradient(p -> CrossEntropy.each(target.logits(p), labels), grey, context.ops());
    double[] lengths = SmallBench.distances(gradient, gradient.zerosLike());
    NDArray change = reached.sub(grey);
    for (int i = 0; i < lengths.length; i++) {
      float off = change.get(i).sub(gradient.get(i).mul(0.3 / lengths[i])).abs().max().getFloat();
      assertThat(off).isLessThan(1e-6f);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingChangesWithoutAEuclideanBudget(boolean randomStart) {
    NDArray adversarial =
        euclidean(0, 0.1, 3, randomStart).perturb(target, images, labels, context);
    assertThat(adversarial.toFloatArray()).isEqualTo(images.toFloatArray());
  }

  @Test
  void aWholePixelIsTheMostThatAnyPixelChangesBy() {
    assertThat(euclidean(30, 1, 1, false).budget()).isEqualTo(new Budget(Norm.L2, 30));
    assertThatThrownBy(() -> pgd(1.5, 0.1, 1, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 1");
  }

  @Test
  void imagesAndLabelsStayAsTheyWere() {
    float[] before = images.toFloatArray();
    long[] labelsBefore = labels.toLongArray();
    pgd(0.03, 0.007, 10, false).perturb(target, images, labels, context);
    assertThat(images.toFloatArray()).isEqualTo(before);
    assertThat(labels.toLongArray()).isEqualTo(labelsBefore);
    assertThat(images.hasGradient()).isFalse();
  }

  @Test
  void theLossRisesFromFgsmToPgd() {
    SampleAttack fgsm = (SampleAttack) new FgsmProvider().create(new FgsmOptions(0.03));
    float clean = loss(images);
    float once = loss(fgsm.perturb(target, images, labels, context));
    float often = loss(pgd(0.03, 0.007, 10, false).perturb(target, images, labels, context));
    assertThat(once).isGreaterThan(clean);
    assertThat(often).isGreaterThan(once);
  }

  @Test
  void theSeedDecides() {
    NDArray first = pgd(0.03, 0.007, 2, true).perturb(target, images, labels, context);
    NDArray again = pgd(0.03, 0.007, 2, true).perturb(target, images, labels, context);
    assertThat(again.toFloatArray()).isEqualTo(first.toFloatArray());
    try (RunContext other = context.child("other")) {
      NDArray different = pgd(0.03, 0.007, 2, true).perturb(target, images, labels, other);
      assertThat(different.toFloatArray()).isNotEqualTo(first.toFloatArray());
    }
  }

  @Test
  void anImageIsAttackedAlikeInEveryBatch() {
    NDArray together = pgd(0.03, 0.007, 4, false).perturb(target, images, labels, context);
    NDArray alone =
        pgd(0.03, 0.007, 4, false).perturb(target, images.get("2:3"), labels.get("2:3"), context);
    assertThat(
            alone
                .sub(together.get("2:3"))
                .abs()
                .gt(1e-6f)
                .toType(DataType.FLOAT32, false)
                .mean()
                .getFloat())
        .isLessThan(0.01f);
  }

  @Test
  void memoryStaysFlat() {
    SampleAttack attack = pgd(0.03, 0.007, 2, true);
    int[] arrays = new int[200];
    for (int i = 0; i < arrays.length; i++) {
      try (NDManager step = context.manager().newSubManager()) {
        NDArray batch = images.stopGradient();
        batch.attach(step);
        attack.perturb(target, batch, labels, context);
        assertThat(step.getManagedArrays()).as("images and result, no more").hasSize(2);
      }
      arrays[i] =
          context.manager().getManagedArrays().size()
              + context.manager().getParentManager().getManagedArrays().size();
    }
    assertThat(arrays[199]).isEqualTo(arrays[1]);
  }

  private float loss(NDArray x) {
    return CrossEntropy.each(target.logits(x), labels).mean().getFloat();
  }

  private static SampleAttack pgd(double epsilon, double step, int steps, boolean randomStart) {
    return (SampleAttack)
        new PgdProvider()
            .create(
                new PgdOptions(
                    epsilon, step, steps, randomStart, BallNorm.LINF, PgdLoss.CROSS_ENTROPY));
  }

  private static SampleAttack euclidean(
      double epsilon, double step, int steps, boolean randomStart) {
    return (SampleAttack)
        new PgdProvider()
            .create(
                new PgdOptions(
                    epsilon, step, steps, randomStart, BallNorm.L2, PgdLoss.CROSS_ENTROPY));
  }

  private NDArray normal(SplittableRandom random, double std, long... shape) {
    Shape s = new Shape(shape);
    float[] values = new float[(int) s.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (std * random.nextGaussian());
    }
    return context.manager().create(values, s);
  }
}
