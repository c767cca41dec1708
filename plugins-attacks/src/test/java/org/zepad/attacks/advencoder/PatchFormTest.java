package org.zepad.attacks.advencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.attacks.loss.HighPass;
import org.zepad.attacks.patch.PatchPlace;
import org.zepad.core.engine.RunContexts;

class PatchFormTest {
  private static final int SIDE = 16;

  private RunContext context;
  private float[] covered;
  private PatchForm form;

  @BeforeEach
  void open() {
    context = RunContexts.root(3, Device.cpu(), Progress.silent());
    NDArray mask = new PatchPlace(0.1, 0.25, 0.125).mask("test", SIDE, context.manager());
    covered = mask.toFloatArray();
    form = PatchForm.of(mask);
  }

  @AfterEach
  void close() {
    context.close();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 1, 30, 1e4})
  void everyPixelOfThePatchIsBetweenBlackAndWhiteAndPassesAGradient(double scale) {
    NDArray image = image(scale, 0);
    float[] pixels = form.bound(image).toFloatArray();
    NDArray weights = image(1, 9);
    float[] gradient =
        context
            .ops()
            .gradient(image, x -> form.bound(x).mul(weights).sum())
            .gradient()
            .toFloatArray();
    int below = 0;
    for (int i = 0; i < pixels.length; i++) {
      if (covered[i % covered.length] == 1) {
        assertThat(pixels[i]).isStrictlyBetween(0f, 1f);
        // In units of the image, its own scale is 1.
        assertThat(Math.abs(gradient[i]) * scale).as("gradient %d", i).isBetween(1e-7, 100.0);
        below += pixels[i] < 0.5 ? 1 : 0;
      } else {
        assertThat(pixels[i]).isZero();
        assertThat(gradient[i]).isZero();
      }
    }
    assertThat(below).isBetween(20, 55);
  }

  @Test
  void theScaleOfTheGeneratorDoesNotMatter() {
    float[] small = form.bound(image(1e-3, 0)).toFloatArray();
    float[] large = form.bound(image(1e3, 0)).toFloatArray();
    for (int i = 0; i < small.length; i++) {
      assertThat(large[i]).isCloseTo(small[i], within(1e-5f));
    }
  }

  @Test
  void aGeneratorThatMakesNothingGivesGreyAndFiniteGradients() {
    NDArray nothing = context.manager().zeros(new Shape(1, 3, SIDE, SIDE));
    float[] pixels = form.bound(nothing).toFloatArray();
    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i]).isEqualTo(covered[i % covered.length] / 2);
    }
    NDArray gradient =
        context.ops().gradient(nothing, x -> form.bound(x).square().sum()).gradient();
    assertThat(gradient.sum().getFloat()).isFinite();
  }

  @Test
  void imagesShowThePatchAndNothingOfThemselvesUnderIt() {
    NDArray images = image(0.2, 4).concat(image(0.2, 5)).add(0.5f).clip(0f, 1f);
    NDArray patch = form.bound(image(1, 0));
    Form.Worn worn = form.on(images, patch);
    float[] clean = images.toFloatArray();
    float[] shown = patch.toFloatArray();
    float[] seen = worn.images().toFloatArray();
    float[] change = worn.change().toFloatArray();
    for (int i = 0; i < seen.length; i++) {
      boolean under = covered[i % covered.length] == 1;
      assertThat(seen[i]).isEqualTo(under ? shown[i % shown.length] : clean[i]);
      assertThat(change[i]).isEqualTo(seen[i] - clean[i]);
    }
  }

  /** The filter is linear, also where the change differs from image to image. */
  @Test
  void theHighFrequencyTermIsThatOfTheImages() {
    NDArray images = image(0.2, 4).concat(image(0.2, 5)).add(0.5f).clip(0f, 1f);
    NDArray mask = HighPass.mask(context.manager(), SIDE, SIDE, 4);
    Form.Worn worn = form.on(images, form.bound(image(1, 0)));
    float ours = context.ops().highPass(worn.change(), mask).square().mean().getFloat();
    float published =
        context
            .ops()
            .highPass(worn.images(), mask)
            .sub(context.ops().highPass(images, mask))
            .square()
            .mean()
            .getFloat();
    assertThat(ours).isPositive().isCloseTo(published, within(1e-5f * published));
  }

  private NDArray image(double std, long seed) {
    return PerturbationGenerator.normal(
        new SplittableRandom(seed), std, new Shape(1, 3, SIDE, SIDE), context.manager());
  }
}
