package org.zepad.attacks.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.attacks.SmallBench;
import org.zepad.attacks.gradient.BallNorm;

class EmbedAttackTest {
  private final SmallBench bench = new SmallBench(8, 10);

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @EnumSource(FeatureDistance.class)
  void featuresMoveMuchFartherThanUnderNoiseOfTheSameSize(FeatureDistance distance) {
    NDArray noise = bench.normal(new SplittableRandom(4), 1, 8, 3, 16, 16).sign().mul(0.03);
    float[] byNoise = moved(distance, bench.images.add(noise).clip(0, 1));
    float[] byAttack = moved(distance, attack(0.03, distance, BallNorm.LINF));
    for (int i = 0; i < byNoise.length; i++) {
      assertThat(byAttack[i]).isGreaterThan(10 * byNoise[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(BallNorm.class)
  void theBudgetIsKept(BallNorm norm) {
    NDArray reached = attack(0.03, FeatureDistance.SQUARED_L2, norm);
    assertThat(SmallBench.largestChange(reached, bench.images)).isBetween(1e-4, 0.03 + 1e-7);
    if (norm == BallNorm.L2) {
      for (double size : SmallBench.distances(reached, bench.images)) {
        assertThat(size).isLessThanOrEqualTo(0.03 * (1 + 1e-6));
      }
    }
    assertThat(reached.min().getFloat()).isGreaterThanOrEqualTo(0);
    assertThat(reached.max().getFloat()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(FeatureDistance.class)
  void nothingChangesWithoutABudget(FeatureDistance distance) {
    assertThat(attack(0, distance, BallNorm.LINF).toFloatArray())
        .isEqualTo(bench.images.toFloatArray());
  }

  @Test
  void labelsAreNotRead() {
    NDArray others = bench.labels.onesLike();
    NDArray reached =
        create(0.03, FeatureDistance.COSINE, BallNorm.LINF)
            .perturb(bench.target, bench.images, others, bench.context);
    assertThat(reached.toFloatArray())
        .isEqualTo(attack(0.03, FeatureDistance.COSINE, BallNorm.LINF).toFloatArray());
  }

  @Test
  void logitsAloneAreNotEnough() {
    Target closed = images -> bench.target.logits(images);
    assertThatThrownBy(
            () ->
                create(0.03, FeatureDistance.COSINE, BallNorm.LINF)
                    .perturb(closed, bench.images, bench.labels, bench.context))
        .isInstanceOf(ZepadException.class)
        .hasMessageStartingWith("embed-attack: ")
        .hasMessageContaining("features");
  }

  @Test
  void theSeedDecidesInputsStayAndNothingIsLeftBehind() {
    float[] before = bench.images.toFloatArray();
    float[] first = attack(0.03, FeatureDistance.SQUARED_L2, BallNorm.LINF).toFloatArray();
    int[] arrays = new int[4];
    for (int i = 0; i < arrays.length; i++) {
      try (NDManager step = bench.context.manager().newSubManager()) {
        NDArray batch = bench.images.stopGradient();
        batch.attach(step);
        NDArray again =
            create(0.03, FeatureDistance.SQUARED_L2, BallNorm.LINF)
                .perturb(bench.target, batch, bench.labels, bench.context);
        assertThat(again.toFloatArray()).isEqualTo(first);
        assertThat(step.getManagedArrays()).as("images and result, no more").hasSize(2);
      }
      arrays[i] = bench.arrays();
    }
    assertThat(arrays[3]).isEqualTo(arrays[1]);
    assertThat(bench.images.toFloatArray()).isEqualTo(before);
    try (RunContext other = bench.context.child("other")) {
      assertThat(
              create(0.03, FeatureDistance.SQUARED_L2, BallNorm.LINF)
                  .perturb(bench.target, bench.images, bench.labels, other)
                  .toFloatArray())
          .isNotEqualTo(first);
    }
  }

  private static SampleAttack create(double epsilon, FeatureDistance distance, BallNorm norm) {
    return (SampleAttack)
        new EmbedAttackProvider()
            .create(new EmbedAttackOptions(epsilon, epsilon / 4, 10, distance, norm));
  }

  private NDArray attack(double epsilon, FeatureDistance distance, BallNorm norm) {
    return create(epsilon, distance, norm)
        .perturb(bench.target, bench.images, bench.labels, bench.context);
  }

  private float[] moved(FeatureDistance distance, NDArray points) {
    return distance
        .each(bench.target.features(points), bench.target.features(bench.images))
        .toFloatArray();
  }
}
