package org.zepad.attacks.universal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MachineryTest {

  @Test
  void theBoundIsTheLargestFloatWithinTheBudget() {
    for (int level = 0; level <= 255; level++) {
      float bound = new Ball(level / 255.0).bound();
      assertThat((double) bound).isLessThanOrEqualTo(level / 255.0);
      assertThat((double) Math.nextUp(bound)).isGreaterThan(level / 255.0);
    }
  }

  @Test
  void signStepsFollowTheAccumulatedGradient() {
    try (TinyScene tiny = new TinyScene()) {
      Scene scene = tiny.scene();
      NDArray delta = scene.delta();
      delta.muli(0);
      SignAscent ascent = new SignAscent(0.01, 0.5, scene);
      NDArray gradient = delta.onesLike();
      ascent.move(delta, gradient.mul(4));
      // 2 - 1 = 1: the past outweighs it; 0.5 - 1 = -0.5: now it does not.
      ascent.move(delta, gradient.mul(-1));
      ascent.move(delta, gradient.mul(-1));
      assertThat(delta.toFloatArray()).containsOnly(new float[] {0.01f}, offset(1e-7f));
      SignAscent plain = new SignAscent(0.01, 0, tiny.scene());
      delta.muli(0);
      plain.move(delta, gradient.mul(4));
      plain.move(delta, gradient.mul(-1));
      plain.move(delta, gradient.mul(0));
      assertThat(delta.toFloatArray()).containsOnly(new float[] {0}, offset(1e-7f));
    }
  }

  @Test
  void adamStepsAreThoseOfItsEquations() {
    try (TinyScene tiny = new TinyScene()) {
      Scene scene = tiny.scene();
      NDArray delta = scene.delta();
      delta.muli(0);
      AdamAscent ascent = new AdamAscent(0.01, scene);
      double m = 0;
      double v = 0;
      double expected = 0;
      double[] gradients = {0.3, -2, 1e-3, 5};
      for (int t = 1; t <= gradients.length; t++) {
        double g = gradients[t - 1];
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        expected +=
            0.01 * (m / (1 - Math.pow(0.9, t))) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
        try (NDManager step = tiny.context.manager().newSubManager()) {
          ascent.move(delta, step.ones(delta.getShape()).mul(g));
        }
        assertThat(delta.toFloatArray())
            .containsOnly(new float[] {(float) expected}, offset(2e-7f));
      }
    }
  }

  @Test
  void onTheBorderOnlyGradientsThatPointBackCount() {
    try (TinyScene tiny = new TinyScene()) {
      NDManager manager = tiny.context.manager();
      Shape two = new Shape(2, 1, 1, 4);
      NDArray unclamped = manager.create(new float[] {1, 1.1f, 0, -0.1f, 1, 1.1f, 0, 0.5f}, two);
      NDArray gradient = manager.create(new float[] {3, 5, -7, -9, -2, -4, 6, -8}, two);
      assertThat(PixelRange.inward(gradient, unclamped).toFloatArray())
          .containsExactly(-2, -4, 6, -8);
    }
  }

  @Test
  void fixedImagesComeOnceEachInTheOrderOfTheirSeed() {
    try (TinyScene tiny = new TinyScene()) {
      NDManager manager = tiny.context.manager();
      NDArray numbered = manager.arange(0f, 7f).reshape(7, 1, 1, 1).broadcast(7, 3, 2, 2);
      FixedImages images = new FixedImages(numbered);
      assertThat(order(images, OptionalLong.empty())).containsExactly(0, 1, 2, 3, 4, 5, 6);
      List<Integer> shuffled = order(images, OptionalLong.of(4));
      assertThat(shuffled).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
      assertThat(shuffled).isNotEqualTo(order(images, OptionalLong.of(5)));
      assertThat(order(images, OptionalLong.of(4))).isEqualTo(shuffled);
      FixedImages drawn = FixedImages.drawn(images, 4, new SplittableRandom(1), manager);
      assertThat(drawn.size()).isEqualTo(4);
      assertThat(drawn.images().get(":, 0, 0, 0").toFloatArray()).doesNotHaveDuplicates();
      assertThat(FixedImages.drawn(images, 9, new SplittableRandom(1), manager).size())
          .isEqualTo(7);
    }
  }

  private static List<Integer> order(FixedImages images, OptionalLong seed) {
    List<Integer> order = new ArrayList<>();
    images.forEach(
        3,
        seed,
        batch -> {
          float[] pixels = batch.images().get(":, 0, 0, 0").toFloatArray();
          for (int i = 0; i < pixels.length; i++) {
            assertThat(batch.indices()[i]).isEqualTo((int) pixels[i]);
            order.add((int) pixels[i]);
          }
        });
    return order;
  }
}
