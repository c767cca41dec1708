package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Norm;
import org.zepad.api.tensor.StateDict;

/**
 * What every attack must do, of either kind: start at {@link UniversalAttackContract} or {@link
 * SampleAttackContract}.
 *
 * @param <O> the attack's options
 */
public abstract class AttackContract<O extends Record> extends ProviderContract<O> {
  /** How far a size may exceed the budget: rounding. */
  static final double ROUNDING = 1e-6;

  AttackContract() {}

  /** The attack. */
  @Override
  protected abstract AttackProvider<O> provider();

  /** Its options, small ones, with this budget. */
  protected abstract O options(double epsilon);

  @Override
  protected final O options() {
    return options(epsilon());
  }

  /**
   * A context to work in, for instance core's {@code RunContexts.root}; the caller closes it.
   *
   * @param checkpoints the checkpoint of a part of the work by its label
   */
  protected abstract RunContext context(long seed, Function<String, Checkpoint> checkpoints);

  /** The budget that the contract is tried with, well within what the norm allows. */
  protected double epsilon() {
    return 8.0 / 255;
  }

  /** Whether the result depends on the seed; if not, every seed must give the same. */
  protected boolean isRandom() {
    return true;
  }

  @Test
  void whatTheAttackerMustHoldIsSaid() {
    assertThat(provider().knowledge()).isNotNull();
  }

  @Test
  void itsBudgetIsThatOfItsOptions() {
    for (double epsilon : new double[] {0, epsilon()}) {
      Attack attack = attack(epsilon);
      assertThat(attack.budget().epsilon()).isEqualTo(epsilon);
      assertThat(attack(epsilon).budget()).isEqualTo(attack.budget());
    }
  }

  final Attack attack(double epsilon) {
    return provider().create(options(epsilon));
  }

  final RunContext context(long seed) {
    return context(seed, label -> Checkpoint.none());
  }

  /** How many arrays are alive in all contexts together. */
  static int arrays(RunContext context) {
    // The one that all contexts descend from; it counts what its descendants hold.
    return context.manager().getParentManager().getManagedArrays().size();
  }

  /** Every tensor by a hash of its numbers, whether it requires a gradient, and that gradient. */
  static Map<String, String> look(StateDict state) {
    Map<String, String> looks = new LinkedHashMap<>();
    state
        .tensors()
        .forEach(
            (name, tensor) -> {
              String gradient = "frozen";
              if (tensor.hasGradient()) {
                try (NDArray found = tensor.getGradient()) {
                  gradient = "gradient " + found.abs().sum().getFloat();
                }
              }
              looks.put(name, Arrays.hashCode(tensor.toArray()) + ", " + gradient);
            });
    return looks;
  }

  /**
   * The size of the change of one image.
   *
   * @param change three planes, one after the other
   */
  static double size(float[] change, Norm norm) {
    int plane = change.length / 3;
    double largest = 0;
    double squares = 0;
    int changed = 0;
    for (int i = 0; i < plane; i++) {
      boolean any = false;
      for (int c = 0; c < 3; c++) {
        float value = change[c * plane + i];
        largest = Math.max(largest, Math.abs(value));
        squares += (double) value * value;
        any |= value != 0;
      }
      changed += any ? 1 : 0;
    }
    return switch (norm) {
      case LINF -> largest;
      case L2 -> Math.sqrt(squares);
      case L0 -> (double) changed / plane;
    };
  }
}
