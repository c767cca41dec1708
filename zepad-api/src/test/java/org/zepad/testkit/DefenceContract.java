package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.DefenceProvider;
import org.zepad.api.defence.Role;

/**
 * What every defence must do. Extend it, say which defence with which options, and run it with
 * JUnit: on two small branches, a victim (MPAE) and a helper (BMP), it is deterministic under its
 * seed, leaves what it is given as it was, gives branches that work, keeps the benign memory clean,
 * leaves no tensors behind, and a run that is killed continues with the very same numbers.
 *
 * <p>Choose options that make it small: there are {@value #TRAIN} tuning images and {@value
 * #VALIDATION} for validation, of {@value #SIDE} x {@value #SIDE} pixels and four classes. A
 * defence that saves checkpoints must save two at least.
 *
 * @param <O> the defence's options
 */
public abstract class DefenceContract<O extends Record> extends ProviderContract<O> {
  /** How many tuning images there are. */
  protected static final int TRAIN = 16;

  /** How many images there are to choose by. */
  protected static final int VALIDATION = 8;

  /** Their side in pixels. */
  protected static final int SIDE = 16;

  /** The defence. */
  @Override
  protected abstract DefenceProvider<O> provider();

  /**
   * A context to work in, for instance core's {@code RunContexts.root}; the caller closes it.
   *
   * @param checkpoints the checkpoint of a part of the work by its label
   */
  protected abstract RunContext context(long seed, Function<String, Checkpoint> checkpoints);

  /**
   * The attack that the defence trains with, by name; for instance a real one. Unless overridden,
   * each name gives one step along the sign of the cross-entropy's gradient, of 8/255.
   */
  protected Attack attack(String name, Map<String, Object> options) {
    return new OneStep();
  }

  /** Whether weights change; false for a defence that only chooses among its sources. */
  protected boolean tunes() {
    return true;
  }

  /** Whether the result depends on the seed; if not, every seed must give the same. */
  protected boolean isRandom() {
    return tunes();
  }

  /** Whether branches with the role BMP come out with the weights that they came with. */
  protected boolean keepsBenignMemory() {
    return true;
  }

  /** Whether the defence saves checkpoints; one that is over in a moment need not. */
  protected boolean savesCheckpoints() {
    return tunes();
  }

  @Test
  void theSeedDecides() {
    Map<String, Integer> first = harden(7);
    assertThat(harden(7)).isEqualTo(first);
    if (isRandom()) {
      assertThat(harden(8)).isNotEqualTo(first);
    } else {
      assertThat(harden(8)).as("a defence without randomness").isEqualTo(first);
    }
  }

  @Test
  void itsBranchesWork() {
    try (Scene scene = new Scene(7)) {
      List<Branch> branches = scene.harden();
      assertThat(branches).isNotEmpty();
      Set<String> names = new HashSet<>();
      for (Branch branch : branches) {
        assertThat(branch.name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(names.add(branch.name())).as("two branches '%s'", branch.name()).isTrue();
        NDArray images = scene.train.all(scene.world.manager());
        NDArray features = branch.encoder().features(images, false);
        assertThat(features.getShape().getShape())
            .containsExactly(TRAIN, branch.encoder().featureDim());
        for (float value : features.toFloatArray()) {
          assertThat(value).isFinite();
        }
        assertThat(branch.encoder().state().parameters().values())
            .as("parameters of '%s' are frozen again", branch.name())
            .noneMatch(NDArray::hasGradient);
      }
    }
  }

  @Test
  void whatItTunesDiffersFromWhatItWasGiven() {
    try (Scene scene = new Scene(7)) {
      Map<String, Integer> before = values(scene.sources);
      Map<String, Integer> after = values(scene.harden());
      if (!tunes()) {
        assertThat(before).containsAllEntriesOf(after);
        return;
      }
      assertThat(after).isNotEqualTo(before);
      if (keepsBenignMemory()) {
        for (Branch branch : scene.harden()) {
          if (branch.role() == Role.BMP) {
            assertThat(before).containsAllEntriesOf(values(List.of(branch)));
          }
        }
      }
    }
  }

  @Test
  void sourcesAreLeftAsTheyWere() {
    try (Scene scene = new Scene(7)) {
      Map<String, Integer> before = values(scene.sources);
      scene.harden();
      assertThat(values(scene.sources)).isEqualTo(before);
    }
  }

  @Test
  void nothingButTheBranchesRemains() {
    try (Scene scene = new Scene(7)) {
      int before = arrays(scene.context);
      for (int i = 0; i < 3; i++) {
        for (Branch branch : scene.harden()) {
          if (scene.sources.stream().noneMatch(source -> source.encoder() == branch.encoder())) {
            branch.encoder().close();
          }
        }
        assertThat(arrays(scene.context)).as("tensors after run %d", i + 1).isEqualTo(before);
      }
    }
  }

  /** By its progress; work of a moment may say nothing of it. */
  @Test
  void cancelledItEndsAtOnceAndLeavesNothing() {
    try (Scene scene = new Scene(7)) {
      Map<String, Integer> before = values(scene.sources);
      int arrays = arrays(scene.context);
      CancelledContext cancelled = new CancelledContext(scene.context);
      if (tunes()) {
        assertThatThrownBy(() -> scene.harden(cancelled)).isInstanceOf(CancellationException.class);
        assertThat(cancelled.ignored()).as("steps after it was cancelled").isZero();
        assertThat(arrays(scene.context)).as("tensors that remain").isEqualTo(arrays);
      } else {
        scene.harden(cancelled);
        assertThat(cancelled.told()).as("it went on though it was cancelled").isFalse();
      }
      assertThat(values(scene.sources)).isEqualTo(before);
    }
  }

  @Test
  void aKilledRunContinuesWithTheSameNumbers() {
    MemoryCheckpoints whole = new MemoryCheckpoints();
    Map<String, Integer> expected = harden(7, whole);
    if (!savesCheckpoints()) {
      assertThat(whole.saves()).as("checkpoints of a defence that saves none").isZero();
      return;
    }
    assertThat(whole.saves()).as("checkpoints; give it two epochs or more").isGreaterThan(1);
    assertThat(harden(7, whole)).as("continued at its end").isEqualTo(expected);

    MemoryCheckpoints killed = new MemoryCheckpoints();
    killed.killAfter(1);
    try (Scene scene = new Scene(7, killed)) {
      Map<String, Integer> before = values(scene.sources);
      assertThatThrownBy(scene::harden).isInstanceOf(MemoryCheckpoints.Killed.class);
      assertThat(values(scene.sources)).as("sources of a killed run").isEqualTo(before);
    }
    assertThat(harden(7, killed)).isEqualTo(expected);
    assertThat(killed.saves()).as("checkpoints of both parts").isEqualTo(whole.saves());
  }

  private Map<String, Integer> harden(long seed) {
    return harden(seed, label -> Checkpoint.none());
  }

  private Map<String, Integer> harden(long seed, Function<String, Checkpoint> checkpoints) {
    try (Scene scene = new Scene(seed, checkpoints)) {
      return values(scene.harden());
    }
  }

  /** Every tensor of every branch, by a hash of its numbers. */
  private static Map<String, Integer> values(List<Branch> branches) {
    Map<String, Integer> values = new LinkedHashMap<>();
    for (Branch branch : branches) {
      branch
          .encoder()
          .state()
          .tensors()
          .forEach(
              (name, tensor) ->
                  values.put(branch.name() + "." + name, Arrays.hashCode(tensor.toArray())));
    }
    return values;
  }

  /** How many arrays are alive in all contexts together. */
  private static int arrays(RunContext context) {
    return context.manager().getParentManager().getManagedArrays().size();
  }

  /** Branches and images, which do not depend on the defence's seed. */
  private final class Scene implements AutoCloseable {
    final RunContext world = context(1, label -> Checkpoint.none());
    final RunContext context;
    final SeededImages train = new SeededImages(world.manager(), TRAIN, SIDE, 5, 1);
    final SeededImages validation = new SeededImages(world.manager(), VALIDATION, SIDE, 6, 2);
    final List<Branch> sources = List.of(branch("victim", Role.MPAE), branch("helper", Role.BMP));

    Scene(long seed) {
      this(seed, label -> Checkpoint.none());
    }

    Scene(long seed, Function<String, Checkpoint> checkpoints) {
      context = context(seed, checkpoints);
    }

    private Branch branch(String name, Role role) {
      return new Branch(name, role, new TinyConvolutions(world.child(name)));
    }

    List<Branch> harden() {
      return harden(context);
    }

    List<Branch> harden(RunContext own) {
      return provider()
          .create(options())
          .harden(
              new Defence.Request(sources, train, validation, DefenceContract.this::attack, own));
    }

    @Override
    public void close() {
      context.close();
      world.close();
    }
  }

  /** The fast gradient sign method, as far as a contract needs it. */
  private record OneStep() implements SampleAttack {
    private static final float STEP = 8f / 255;

    @Override
    public Budget budget() {
      return new Budget(Norm.LINF, STEP);
    }

    @Override
    public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
      NDArray slope =
          context
              .ops()
              .gradient(
                  images,
                  x -> {
                    NDArray logs = target.logits(x).logSoftmax(1);
                    return logs.mul(labels.oneHot((int) logs.getShape().get(1))).sum().neg();
                  })
              .gradient();
      try (slope;
          NDArray moved = slope.sign().mul(STEP).add(images)) {
        return moved.clip(0, 1);
      }
    }
  }
}
