package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zepad.api.RunContext;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.tensor.StateDict;

/**
 * What every attack on single images must do. Extend it, say which attack with which options, and
 * run it with JUnit: against a small defence of three branches, the attack is deterministic under
 * its seed, keeps its budget and the range of pixels, changes nothing where the budget is nothing,
 * takes a single image, too, and neither changes its inputs nor leaves tensors behind.
 *
 * <p>The target is a whole {@link org.zepad.api.attack.DefenceTarget}, so that adaptive attacks and
 * those that look at features alone can be tried, too. Its parameters are frozen; the labels are
 * what it says of the {@value #IMAGES} clean images.
 *
 * @param <O> the attack's options
 */
public abstract class SampleAttackContract<O extends Record> extends AttackContract<O> {
  /** How many images are attacked at once. */
  protected static final int IMAGES = 6;

  /** Their side in pixels. */
  protected static final int SIDE = 16;

  @Test
  void theSeedDecides() {
    float[] first = perturb(7);
    assertThat(perturb(7)).isEqualTo(first);
    if (isRandom()) {
      assertThat(perturb(8)).isNotEqualTo(first);
    } else {
      assertThat(perturb(8)).as("an attack without randomness").isEqualTo(first);
    }
  }

  @Test
  void theBudgetIsKept() {
    try (Scene scene = new Scene(7)) {
      float[] clean = scene.images.toFloatArray();
      NDArray result = scene.perturb(epsilon());
      assertThat(result.getShape()).isEqualTo(scene.images.getShape());
      float[] attacked = result.toFloatArray();
      int length = 3 * SIDE * SIDE;
      for (int n = 0; n < IMAGES; n++) {
        float[] change = new float[length];
        for (int i = 0; i < length; i++) {
          assertThat(attacked[n * length + i]).isBetween(0f, 1f);
          change[i] = attacked[n * length + i] - clean[n * length + i];
        }
        // The length of an image sums up the rounding of its pixels.
        assertThat(size(change, attack(epsilon()).budget().norm()))
            .as("change of image %d", n)
            .isLessThanOrEqualTo(epsilon() + ROUNDING * Math.max(1, epsilon()));
      }
      assertThat(attacked).as("attacked images").isNotEqualTo(clean);
    }
  }

  @Test
  void nothingChangesWithoutABudget() {
    try (Scene scene = new Scene(7)) {
      NDArray result = scene.perturb(0);
      assertThat(result).isNotSameAs(scene.images);
      assertThat(result.toFloatArray()).isEqualTo(scene.images.toFloatArray());
    }
  }

  @Test
  void oneImageIsEnough() {
    try (Scene scene = new Scene(7)) {
      NDArray image = scene.images.get(new NDIndex("2:3"));
      NDArray label = scene.labels.get(new NDIndex("2:3"));
      NDArray result =
          ((SampleAttack) attack(epsilon())).perturb(scene.target, image, label, scene.context);
      assertThat(result.getShape()).isEqualTo(image.getShape());
      assertThat(result.sub(image).abs().max().getFloat()).isPositive().isFinite();
    }
  }

  @Test
  void targetImagesAndLabelsAreLeftAsTheyWere() {
    try (Scene scene = new Scene(7)) {
      StateDict state = scene.target.state(scene.world);
      Map<String, String> before = look(state);
      float[] images = scene.images.toFloatArray();
      long[] labels = scene.labels.toLongArray();
      scene.perturb(epsilon());
      assertThat(look(state)).isEqualTo(before);
      assertThat(scene.images.toFloatArray()).isEqualTo(images);
      assertThat(scene.images.hasGradient()).isFalse();
      assertThat(scene.labels.toLongArray()).isEqualTo(labels);
    }
  }

  @Test
  void theResultIsOwnedByTheManagerOfTheImagesAndNothingElseRemains() {
    try (Scene scene = new Scene(7)) {
      SampleAttack attack = (SampleAttack) attack(epsilon());
      int before = arrays(scene.context);
      for (int i = 0; i < 3; i++) {
        try (NDManager step = scene.world.manager().newSubManager()) {
          NDArray images = scene.images.duplicate();
          images.attach(step);
          NDArray result = attack.perturb(scene.target, images, scene.labels, scene.context);
          assertThat(result.getManager()).isSameAs(step);
          assertThat(result.hasGradient()).isFalse();
          assertThat(step.getManagedArrays()).as("images and result, no more").hasSize(2);
        }
        assertThat(arrays(scene.context)).as("tensors after call %d", i + 1).isEqualTo(before);
      }
    }
  }

  private float[] perturb(long seed) {
    try (Scene scene = new Scene(seed)) {
      return scene.perturb(epsilon()).toFloatArray();
    }
  }

  /** A defence and images, which do not depend on the attack's seed. */
  private final class Scene implements AutoCloseable {
    final RunContext world = context(1);
    final RunContext context;
    final TinyDefence target = new TinyDefence(world);
    final NDArray images =
        new SeededImages(world.manager(), IMAGES, SIDE, 5, 1).all(world.manager());
    final NDArray labels = labels();

    Scene(long seed) {
      context = context(seed);
    }

    private NDArray labels() {
      try (NDManager scope = world.manager().newSubManager()) {
        NDArray copy = images.duplicate();
        copy.attach(scope);
        NDArray labels = target.logits(copy).argMax(1);
        labels.attach(world.manager());
        return labels;
      }
    }

    NDArray perturb(double epsilon) {
      return ((SampleAttack) attack(epsilon)).perturb(target, images, labels, context);
    }

    @Override
    public void close() {
      context.close();
      world.close();
    }
  }
}
