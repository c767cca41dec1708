package org.zepad.core.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.engine.RunContexts;

class AssertingAttacksTest {
  private static final int SIDE = 16;
  private static final SquarePatch SQUARE = new SquarePatch(SIDE, 3, 4);
  private static final Budget SHARE = new Budget(Norm.L0, 0.07);
  private static final Budget BALL = new Budget(Norm.LINF, 0.1);

  private RunContext context;
  private NDManager manager;
  private NDArray images;

  @BeforeEach
  void open() {
    context = RunContexts.root(5, Device.cpu(), Progress.silent());
    manager = context.manager();
    images = manager.full(new Shape(2, 3, SIDE, SIDE), 0.5f);
  }

  @AfterEach
  void close() {
    context.close();
  }

  /** An attack that returns what it was given. */
  private record Universal(Budget budget, Perturbation result) implements UniversalAttack {
    @Override
    public Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context) {
      return result;
    }
  }

  /** An attack that does to images what it was given. */
  private record Sample(Budget budget, UnaryOperator<NDArray> change) implements SampleAttack {
    @Override
    public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
      return change.apply(images);
    }
  }

  @Test
  void aSoundPatchIsReturnedAsItIs() {
    Perturbation patch = SQUARE.make(manager, column -> 0.25 * column, SHARE.epsilon());
    assertThat(craft(SHARE, patch)).isSameAs(patch);
  }

  @Test
  void anUnsoundPatchIsRefused() {
    Perturbation patch = SQUARE.make(manager, column -> 0.5, SHARE.epsilon());
    NDArray delta = patch.delta();
    NDArray mask = patch.mask();
    assertPatchBroken(delta.mul(3), mask, "pixels in [0, 1]");
    assertPatchBroken(delta.mul(Float.NaN), mask, "pixels in [0, 1]");
    assertPatchBroken(delta.add(0.1f), mask, "0 beside it");
    assertPatchBroken(delta.mul(0), mask.mul(0.5f), "zeros and ones");
    assertPatchBroken(delta, mask.reshape(1, SIDE / 2, 2 * SIDE), "zeros and ones");
    assertPatchBroken(delta, mask.concat(mask).concat(mask), "a mask of shape (1, S, S)");
    assertPatchBroken(delta, mask.onesLike(), "a finite change of at most 0.07 (L0)");
  }

  @Test
  void aUniversalChangeOutsideOfItsBudgetIsRefused() {
    NDArray delta = manager.full(new Shape(3, SIDE, SIDE), 0.1f);
    Perturbation sound = Perturbation.additive(delta, BALL);
    assertThat(craft(BALL, sound)).isSameAs(sound);
    assertBroken(() -> craft(BALL, Perturbation.additive(delta.mul(1.01), BALL)), "at most 0.1");
    assertBroken(
        () -> craft(BALL, Perturbation.additive(delta.mul(Float.NaN), BALL)), "a finite change");
    assertBroken(
        () -> craft(BALL, Perturbation.additive(delta.expandDims(0), BALL)), "shape (3, S, S)");
    Budget other = new Budget(Norm.LINF, 0.2);
    assertBroken(() -> craft(BALL, Perturbation.additive(delta, other)), "the budget");
  }

  @Test
  void aPixelCountsOnceHoweverManyColoursChange() {
    // 17 pixels of 256 are 0.0664, 18 are 0.0703.
    assertThat(perturb(SHARE, x -> changed(17, 3)).getShape()).isEqualTo(images.getShape());
    assertThat(perturb(SHARE, x -> changed(17, 1)).getShape()).isEqualTo(images.getShape());
    assertBroken(() -> perturb(SHARE, x -> changed(18, 1)), "at most 0.07 (L0)");
    assertBroken(() -> perturb(SHARE, x -> changed(18, 3)), "at most 0.07 (L0)");
  }

  @Test
  void attackedImagesOutsideOfTheirRangeAreRefused() {
    Budget all = new Budget(Norm.LINF, 1);
    assertBroken(() -> perturb(all, x -> x.add(0.51f)), "finite pixels in [0, 1]");
    assertBroken(() -> perturb(all, x -> x.sub(0.51f)), "finite pixels in [0, 1]");
    assertBroken(() -> perturb(all, x -> x.mul(Float.NaN)), "finite pixels in [0, 1]");
    assertBroken(() -> perturb(all, x -> x.get("0:1")), "images of shape");
    assertBroken(() -> perturb(BALL, x -> x.add(0.11f)), "at most 0.1 (LINF)");
    // 768 pixels and colours by 0.01 are 0.277 together.
    assertThat(perturb(new Budget(Norm.L2, 0.278), x -> x.add(0.01f))).isNotNull();
    assertBroken(
        () -> perturb(new Budget(Norm.L2, 0.276), x -> x.add(0.01f)), "at most 0.276 (L2)");
  }

  /** Also where they are resized: 16 x 16 to others. */
  @ParameterizedTest
  @ValueSource(ints = {SIDE, 32, 33, 9})
  void universalPerturbationsOnImagesStayWithinTheirBudget(int side) {
    NDArray clean = manager.full(new Shape(2, 3, side, side), 0.5f);
    Perturbation patch = SQUARE.make(manager, column -> 0.25 * column, SHARE.epsilon());
    Perturbation change =
        Perturbation.additive(manager.full(new Shape(3, SIDE, SIDE), -0.1f), BALL);
    for (Perturbation perturbation : new Perturbation[] {patch, change}) {
      NDArray attacked = Perturbations.apply(perturbation, clean, context.ops());
      assertThat(AssertingAttacks.requireSound("x", clean, attacked, perturbation.budget()))
          .isSameAs(attacked);
      assertThat(attacked.sub(clean).abs().sum().getFloat()).isPositive();
    }
  }

  @Test
  void onceIsEnough() {
    Attack checked = AssertingAttacks.check("x", new Sample(BALL, NDArray::duplicate));
    assertThat(AssertingAttacks.check("x", checked)).isSameAs(checked);
    assertThat(checked.budget()).isEqualTo(BALL);
  }

  private Perturbation craft(Budget budget, Perturbation result) {
    return AssertingAttacks.check("cheat", new Universal(budget, result))
        .craft(null, null, context);
  }

  private NDArray perturb(Budget budget, UnaryOperator<NDArray> change) {
    return AssertingAttacks.check("cheat", new Sample(budget, change))
        .perturb(null, images, null, context);
  }

  /** The images, of which the second has some pixels changed in some colours. */
  private NDArray changed(int pixels, int colours) {
    float[] values = images.toFloatArray();
    for (int c = 0; c < colours; c++) {
      for (int i = 0; i < pixels; i++) {
        values[(3 + c) * SIDE * SIDE + i] = 0.9f;
      }
    }
    return manager.create(values, images.getShape());
  }

  private void assertPatchBroken(NDArray delta, NDArray mask, String message) {
    assertBroken(() -> craft(SHARE, new Perturbation(delta, mask, SHARE)), message);
  }

  private static void assertBroken(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("attack 'cheat' broke its contract")
        .hasMessageContaining(message);
  }
}
