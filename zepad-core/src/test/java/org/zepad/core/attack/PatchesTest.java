package org.zepad.core.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.core.engine.RunContexts;

class PatchesTest {
  private RunContext context;
  private NDManager manager;

  @BeforeEach
  void open() {
    context = RunContexts.root(5, Device.cpu(), Progress.silent());
    manager = context.manager();
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void atItsOwnSizeItReplacesExactlyThePixelsOfItsMask() {
    Perturbation patch = new SquarePatch(16, 9, 4).make(manager, column -> 0.1 + 0.2 * column);
    NDArray images = noise(3, 16);
    float[] clean = images.toFloatArray();
    float[] delta = patch.delta().toFloatArray();
    float[] mask = patch.mask().toFloatArray();
    float[] patched = apply(patch, images);
    for (int i = 0; i < clean.length; i++) {
      assertThat(patched[i])
          .isEqualTo(mask[i % mask.length] == 1 ? delta[i % delta.length] : clean[i]);
    }
    assertThat(images.toFloatArray()).isEqualTo(clean);
  }

  @ParameterizedTest
  @CsvSource({"32,64", "32,96", "32,48", "32,33", "64,33", "64,32", "64,17"})
  void atAnotherSizeItCoversAboutItsShareAndNeverMore(int from, int to) {
    SquarePatch square = new SquarePatch(from, from / 2 + 1, from / 6);
    Perturbation patch = square.make(manager, column -> 1);
    int covered = changed(patch, to);
    assertThat(covered / (double) (to * to)).isLessThanOrEqualTo(square.share());
    assertThat(covered).isEqualTo((int) (square.share() * to * to + 1e-6));
  }

  /** What lies beside the patch is stored as black, and must not show. */
  @ParameterizedTest
  @CsvSource({"32,64", "32,33", "64,33", "64,32", "64,17"})
  void aWhitePatchHasNoDarkBorder(int from, int to) {
    Perturbation patch = new SquarePatch(from, from / 2 + 1, from / 6).make(manager, column -> 1);
    float[] patched = apply(patch, manager.full(new Shape(1, 3, to, to), 0.25f));
    for (float pixel : patched) {
      if (pixel != 0.25f) {
        assertThat(pixel).isCloseTo(1, within(1e-5f));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"32,64,1e-4", "32,33,0.02", "64,33,0.1", "64,32,0.1"})
  void itsContentIsItsOwnStretched(int from, int to, double tolerance) {
    SquarePatch square = new SquarePatch(from, from / 2, from / 4);
    double last = square.length() - 1;
    Perturbation patch = square.make(manager, column -> 0.2 + 0.6 * column / last);
    float[] patched = apply(patch, manager.full(new Shape(1, 3, to, to), 0));
    int seen = 0;
    for (int i = 0; i < patched.length; i++) {
      if (patched[i] != 0) {
        double column = (i % to + 0.5) * from / to - 0.5 - square.first();
        double expected = 0.2 + 0.6 * Math.max(0, Math.min(last, column)) / last;
        assertThat((double) patched[i]).isCloseTo(expected, within(tolerance));
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(3 * to * to / 20);
  }

  @Test
  void whatIsNotReplacedStaysAsItWas() {
    Perturbation patch = new SquarePatch(32, 20, 5).make(manager, column -> 2);
    NDArray images = noise(2, 64);
    float[] clean = images.toFloatArray();
    float[] patched = apply(patch, images);
    int replaced = 0;
    for (int i = 0; i < clean.length; i++) {
      // Brighter than anything, cut to white: what is not white is not of the patch.
      if (patched[i] == 1) {
        replaced++;
      } else {
        assertThat(patched[i]).isEqualTo(clean[i]);
      }
    }
    assertThat(replaced).isEqualTo(2 * 3 * 100);
  }

  @Test
  void thePixelsThatAreCoveredMostComeFirst() {
    // Its area is that of 32 pixels; it covers 6 x 6 of the 33 x 33 by one half or more.
    SquarePatch square = new SquarePatch(64, 39, 11);
    Perturbation patch = square.make(manager, column -> 1, 0.03);
    assertThat(changed(patch, 33)).isEqualTo(32);
    // The middle of the patch is covered wholly.
    NDArray patched =
        Perturbations.apply(patch, manager.zeros(new Shape(1, 3, 33, 33)), context.ops());
    assertThat(patched.getFloat(0, 0, 22, 22)).isEqualTo(1);
  }

  @Test
  void anEmptyPatchChangesNothing() {
    Perturbation nothing =
        new Perturbation(
            manager.zeros(new Shape(3, 8, 8)),
            manager.zeros(new Shape(1, 8, 8)),
            new Budget(Norm.L0, 0));
    for (int size : new int[] {8, 16, 5}) {
      NDArray images = noise(2, size);
      assertThat(apply(nothing, images)).isEqualTo(images.toFloatArray());
    }
  }

  @Test
  void theResultIsOwnedByTheManagerOfTheImagesAndNothingElseRemains() {
    Perturbation patch = new SquarePatch(16, 9, 4).make(manager, column -> 0.5);
    int before = manager.getManagedArrays().size();
    for (int size : new int[] {16, 32, 9}) {
      try (NDManager step = manager.newSubManager()) {
        NDArray images = step.zeros(new Shape(2, 3, size, size));
        NDArray patched = Perturbations.apply(patch, images, context.ops());
        assertThat(patched.getManager()).isSameAs(step);
        assertThat(step.getManagedArrays()).hasSize(2);
      }
      assertThat(manager.getManagedArrays()).hasSize(before);
    }
  }

  /** How many pixels of a grey image the patch changes. */
  private int changed(Perturbation patch, int size) {
    float[] patched = apply(patch, manager.full(new Shape(1, 3, size, size), 0.25f));
    int changed = 0;
    for (int i = 0; i < size * size; i++) {
      changed += patched[i] == 0.25f ? 0 : 1;
    }
    return changed;
  }

  private float[] apply(Perturbation patch, NDArray images) {
    return Perturbations.apply(patch, images, context.ops()).toFloatArray();
  }

  private NDArray noise(int n, int size) {
    SplittableRandom random = new SplittableRandom(size);
    float[] pixels = new float[n * 3 * size * size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (0.99 * random.nextDouble());
    }
    return manager.create(pixels, new Shape(n, 3, size, size));
  }
}
