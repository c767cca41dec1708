package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.StateDict;

/**
 * What every universal attack must do. Extend it, say which attack with which options, and run it
 * with JUnit: crafted against a small encoder, the perturbation is deterministic under its seed,
 * keeps its budget to the last pixel, and is nothing where the budget is nothing; victim and images
 * stay as they were, labels are not read, no tensors remain, and a run that is killed continues
 * with the very same numbers.
 *
 * <p>Choose options that make the attack small: there are {@value #IMAGES} surrogate images of
 * {@value #SIDE} x {@value #SIDE} pixels. An attack that saves checkpoints must save two at least.
 *
 * @param <O> the attack's options
 */
public abstract class UniversalAttackContract<O extends Record> extends AttackContract<O> {
  /** How many surrogate images there are. */
  protected static final int IMAGES = 10;

  /** Their side in pixels. */
  protected static final int SIDE = 16;

  /** Whether the attack saves checkpoints; one that is over in a moment need not. */
  protected boolean savesCheckpoints() {
    return true;
  }

  /** A small encoder to attack, owned by the caller. */
  protected Encoder victim(RunContext context) {
    return new TinyConvolutions(context);
  }

  @Test
  void theSeedDecides() {
    Crafted first = craft(7);
    assertThat(craft(7)).usingRecursiveComparison().isEqualTo(first);
    Crafted other = craft(8);
    if (isRandom()) {
      assertThat(other.delta).isNotEqualTo(first.delta);
    } else {
      assertThat(other.delta).as("an attack without randomness").isEqualTo(first.delta);
    }
  }

  @Test
  void labelsAreNotRead() {
    try (Scene scene = new Scene(7, label -> Checkpoint.none(), 99)) {
      assertThat(scene.craft(epsilon())).usingRecursiveComparison().isEqualTo(craft(7));
    }
  }

  @Test
  void theBudgetIsKept() {
    try (Scene scene = new Scene(7)) {
      UniversalAttack attack = (UniversalAttack) attack(epsilon());
      Perturbation made = attack.craft(scene.victim, scene.surrogate, scene.context);
      assertThat(made.budget()).isEqualTo(attack.budget());
      assertThat(made.delta().getShape().getShape()).containsExactly(3, SIDE, SIDE);
      Crafted crafted = Crafted.of(made);
      for (float value : crafted.delta) {
        assertThat(value).isFinite();
      }
      assertThat(size(crafted.delta, made.budget().norm()))
          .isPositive()
          .isLessThanOrEqualTo(epsilon() + ROUNDING);
      if (made.mask() != null) {
        assertThat(made.mask().getShape().getShape()).containsExactly(1, SIDE, SIDE);
        assertThat(size(tripled(crafted.mask), Norm.L0)).isLessThanOrEqualTo(epsilon() + ROUNDING);
        assertThat(crafted.mask).containsOnly(0, 1);
        for (int i = 0; i < crafted.delta.length; i++) {
          assertThat(crafted.delta[i]).isBetween(0f, crafted.mask[i % crafted.mask.length]);
        }
      }
    }
  }

  @Test
  void nothingChangesWithoutABudget() {
    try (Scene scene = new Scene(7)) {
      Crafted crafted = scene.craft(0);
      NDArray images = scene.surrogate.all(scene.context.manager());
      float[] clean = images.toFloatArray();
      for (int i = 0; i < clean.length; i++) {
        assertThat(crafted.on(clean[i], i % crafted.delta.length)).isEqualTo(clean[i]);
      }
    }
  }

  @Test
  void theVictimIsLeftAsItWas() {
    try (Scene scene = new Scene(7)) {
      StateDict state = scene.victim.state();
      // One thawed and one frozen: both are to be found again.
      state.parameters().values().iterator().next().setRequiresGradient(true);
      Map<String, String> before = look(state);
      scene.craft(epsilon());
      assertThat(look(state)).isEqualTo(before);
    }
  }

  @Test
  void theResultIsOwnedByTheContextAndNothingElseRemains() {
    try (Scene scene = new Scene(7)) {
      int before = arrays(scene.context);
      for (int i = 0; i < 3; i++) {
        Perturbation made =
            ((UniversalAttack) attack(epsilon()))
                .craft(scene.victim, scene.surrogate, scene.context);
        List<NDArray> result =
            made.mask() == null ? List.of(made.delta()) : List.of(made.delta(), made.mask());
        for (NDArray array : result) {
          assertThat(array.getManager()).isSameAs(scene.context.manager());
          assertThat(array.hasGradient()).isFalse();
          array.close();
        }
        assertThat(arrays(scene.context)).as("tensors after call %d", i + 1).isEqualTo(before);
      }
    }
  }

  @Test
  void aKilledRunContinuesWithTheSameNumbers() {
    MemoryCheckpoints whole = new MemoryCheckpoints();
    Crafted expected = craft(7, whole);
    if (!savesCheckpoints()) {
      assertThat(whole.saves()).as("checkpoints of an attack that saves none").isZero();
      return;
    }
    assertThat(whole.saves()).as("checkpoints; give it two epochs or more").isGreaterThan(1);
    assertThat(craft(7, whole))
        .as("continued at its end")
        .usingRecursiveComparison()
        .isEqualTo(expected);

    MemoryCheckpoints killed = new MemoryCheckpoints();
    killed.killAfter(1);
    try (Scene scene = new Scene(7, killed, 1)) {
      scene.victim.state().requireGradients(true);
      Map<String, String> before = look(scene.victim.state());
      assertThatThrownBy(() -> scene.craft(epsilon())).isInstanceOf(MemoryCheckpoints.Killed.class);
      assertThat(look(scene.victim.state())).as("the victim of a killed run").isEqualTo(before);
    }
    assertThat(craft(7, killed)).usingRecursiveComparison().isEqualTo(expected);
    assertThat(killed.saves()).as("checkpoints of both parts").isEqualTo(whole.saves());
  }

  /** By its progress; work of a moment may say nothing of it. */
  @Test
  void cancelledItEndsAtOnceAndLeavesNothing() {
    try (Scene scene = new Scene(7)) {
      Map<String, String> before = look(scene.victim.state());
      int arrays = arrays(scene.context);
      CancelledContext cancelled = new CancelledContext(scene.context);
      UniversalAttack attack = (UniversalAttack) attack(epsilon());
      if (savesCheckpoints()) {
        assertThatThrownBy(() -> attack.craft(scene.victim, scene.surrogate, cancelled))
            .isInstanceOf(CancellationException.class);
      } else {
        try {
          attack.craft(scene.victim, scene.surrogate, cancelled);
          assertThat(cancelled.told()).as("it went on though it was cancelled").isFalse();
          return;
        } catch (CancellationException e) {
          assertThat(cancelled.told()).isTrue();
        }
      }
      assertThat(cancelled.ignored()).as("steps after it was cancelled").isZero();
      assertThat(look(scene.victim.state())).isEqualTo(before);
      assertThat(arrays(scene.context)).as("tensors that remain").isEqualTo(arrays);
    }
  }

  @Test
  void theCheckpointOfAnotherSeedIsRefused() {
    assumeThat(savesCheckpoints() && isRandom()).isTrue();
    MemoryCheckpoints checkpoints = new MemoryCheckpoints();
    craft(7, checkpoints);
    assertThatThrownBy(() -> craft(8, checkpoints))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(provider().name())
        .hasMessageContaining("checkpoint");
  }

  private Crafted craft(long seed) {
    return craft(seed, label -> Checkpoint.none());
  }

  private Crafted craft(long seed, Function<String, Checkpoint> checkpoints) {
    try (Scene scene = new Scene(seed, checkpoints, 1)) {
      return scene.craft(epsilon());
    }
  }

  private static float[] tripled(float[] plane) {
    float[] planes = new float[3 * plane.length];
    for (int c = 0; c < 3; c++) {
      System.arraycopy(plane, 0, planes, c * plane.length, plane.length);
    }
    return planes;
  }

  /** A perturbation as plain numbers; the mask is empty unless it is a patch. */
  private record Crafted(float[] delta, float[] mask) {

    static Crafted of(Perturbation made) {
      return new Crafted(
          made.delta().toFloatArray(),
          made.mask() == null ? new float[0] : made.mask().toFloatArray());
    }

    /** What becomes of a pixel, by the definition of {@link Perturbation}. */
    float on(float pixel, int index) {
      if (mask.length == 0) {
        return Math.max(0, Math.min(1, pixel + delta[index]));
      }
      return mask[index % mask.length] == 1 ? delta[index] : pixel;
    }
  }

  /** An attacker with an encoder and images, which do not depend on the attack's seed. */
  private final class Scene implements AutoCloseable {
    final RunContext world = context(1);
    final RunContext context;
    final Encoder victim = victim(world);
    final SeededImages surrogate;

    Scene(long seed) {
      this(seed, label -> Checkpoint.none(), 1);
    }

    Scene(long seed, Function<String, Checkpoint> checkpoints, long labelSeed) {
      context = context(seed, checkpoints);
      surrogate = new SeededImages(world.manager(), IMAGES, SIDE, 5, labelSeed);
    }

    Crafted craft(double epsilon) {
      return Crafted.of(((UniversalAttack) attack(epsilon)).craft(victim, surrogate, context));
    }

    @Override
    public void close() {
      victim.close();
      context.close();
      world.close();
    }
  }
}
