package org.zepad.core.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.core.engine.RunContexts;

class AssertingAttacksTest {
  private RunContext context;
  private NDArray images;
  private NDArray labels;

  @BeforeEach
  void open() {
    context = RunContexts.root(7, Device.cpu(), Progress.silent());
    images = context.manager().full(new Shape(2, 3, 4, 4), 0.5f);
    labels = context.manager().zeros(new Shape(2), DataType.INT64);
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void whatKeepsTheContractPasses() {
    assertThat(run(x -> x.add(0.1f), Norm.LINF, 0.1).getFloat(0, 0, 0, 0)).isEqualTo(0.6f);
    // The length of a change of 0.1 in 48 pixels.
    run(x -> x.sub(0.1f), Norm.L2, 0.1 * Math.sqrt(48));
    run(NDArray::duplicate, Norm.LINF, 0);
  }

  @Test
  void everyViolationNamesTheAttack() {
    assertViolation(x -> x.add(0.11f), Norm.LINF, 0.1, "at most 0.1");
    assertViolation(x -> x.add(0.1f), Norm.L2, 0.5, "at most 0.5");
    assertViolation(x -> x.add(0.6f), Norm.LINF, 1, "[0, 1]");
    assertViolation(x -> x.sub(0.6f), Norm.LINF, 1, "[0, 1]");
    assertViolation(x -> x.mul(Float.NaN), Norm.LINF, 1, "finite");
    assertViolation(x -> x.get("0:1"), Norm.LINF, 1, "shape");
  }

  @Test
  void checkingTwiceIsCheckingOnce() {
    Attack once = AssertingAttacks.check("twice", attack(x -> x, Norm.LINF, 0));
    assertThat(AssertingAttacks.check("twice", once)).isSameAs(once);
  }

  private void assertViolation(
      UnaryOperator<NDArray> change, Norm norm, double epsilon, String message) {
    assertThatThrownBy(() -> run(change, norm, epsilon))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("attack 'cheat' broke its contract")
        .hasMessageContaining(message);
  }

  private NDArray run(UnaryOperator<NDArray> change, Norm norm, double epsilon) {
    return AssertingAttacks.check("cheat", attack(change, norm, epsilon))
        .perturb(x -> x, images, labels, context);
  }

  private static SampleAttack attack(UnaryOperator<NDArray> change, Norm norm, double epsilon) {
    return new SampleAttack() {
      @Override
      public Budget budget() {
        return new Budget(norm, epsilon);
      }

      @Override
      public NDArray perturb(Target target, NDArray x, NDArray y, RunContext context) {
        return change.apply(x);
      }
    };
  }
}
