package org.zepad.attacks.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.attacks.SmallBench;
import org.zepad.attacks.ascent.Ascent;
import org.zepad.attacks.ascent.Margins;

/** What all attacks on a whole defence have in common, and what each of them climbs. */
class DefenceAttackTest {
  private static final double EPSILON = 0.06;

  private final DefenceBench bench = new DefenceBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"adaptive-fusion", "adaptive-branches", "adaptive-hijack", "adaptive-evasion"})
  void itMisleadsFarMoreImagesThanNoiseOfTheSameSize(String name) {
    int clean = bench.count(bench.data.images()).wrong();
    int noise = bench.count(bench.signNoise(EPSILON)).wrong();
    int attacked = bench.count(bench.attack(create(name, EPSILON, 20), bench.defence)).wrong();
    assertThat(clean).isLessThanOrEqualTo(2);
    assertThat(attacked).isGreaterThan(noise + 20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"adaptive-fusion", "adaptive-branches", "adaptive-hijack", "adaptive-evasion"})
  void theBudgetIsKeptAndNoImageIsMadeEasier(String name) {
    NDArray images = bench.data.images();
    NDArray reached = bench.attack(create(name, 0.02, 5), bench.defence);
    assertThat(SmallBench.largestChange(reached, images)).isBetween(0.01, 0.02 + 1e-7);
    assertThat(reached.min().getFloat()).isGreaterThanOrEqualTo(0);
    assertThat(reached.max().getFloat()).isLessThanOrEqualTo(1);
    float[] before = margins(images);
    float[] after = margins(reached);
    for (int i = 0; i < before.length; i++) {
      // What was wrong and flagged may be led back below the threshold, but not to the right.
      assertThat(after[i]).isGreaterThan(Math.min(0, before[i] - 1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"adaptive-fusion", "adaptive-branches", "adaptive-hijack", "adaptive-evasion"})
  void nothingChangesWithoutABudget(String name) {
    assertThat(bench.attack(create(name, 0, 3), bench.defence).toFloatArray())
        .isEqualTo(bench.data.images().toFloatArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"adaptive-fusion", "adaptive-branches", "adaptive-hijack", "adaptive-evasion"})
  void theSeedDecidesInputsStayAndNothingIsLeftBehind(String name) {
    float[] before = bench.data.images().toFloatArray();
    SampleAttack attack = create(name, EPSILON, 3);
    float[] first = bench.attack(attack, bench.defence).toFloatArray();
    int[] arrays = new int[4];
    for (int i = 0; i < arrays.length; i++) {
      try (NDManager step = bench.context.manager().newSubManager()) {
        NDArray batch = bench.data.images().stopGradient();
        batch.attach(step);
        NDArray again = attack.perturb(bench.defence, batch, bench.data.labels(), bench.context);
        assertThat(again.toFloatArray()).isEqualTo(first);
        assertThat(step.getManagedArrays()).as("images and result, no more").hasSize(2);
        assertThat(batch.hasGradient()).isFalse();
      }
      NDManager manager = bench.context.manager();
      arrays[i] =
          manager.getManagedArrays().size() + manager.getParentManager().getManagedArrays().size();
    }
    assertThat(arrays[3]).isEqualTo(arrays[1]);
    assertThat(bench.data.images().toFloatArray()).isEqualTo(before);
    assertThat(bench.defence.weights()).noneMatch(NDArray::hasGradient);
    try (RunContext other = bench.context.child("other")) {
      NDArray different =
          attack.perturb(bench.defence, bench.data.images(), bench.data.labels(), other);
      assertThat(different.toFloatArray()).isNotEqualTo(first);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"adaptive-fusion", "adaptive-branches", "adaptive-hijack", "adaptive-evasion"})
  void aSingleModelIsNoDefence(String name) {
    Target single = bench.defence.branches().get(0);
    assertThatThrownBy(
            () ->
                create(name, EPSILON, 3)
                    .perturb(single, bench.data.images(), bench.data.labels(), bench.context))
        .isInstanceOf(ZepadException.class)
        .hasMessageStartingWith(name + ": needs a whole defence")
        .hasMessageContaining("Branch");
    assertThat(provider(name).knowledge()).isEqualTo(Knowledge.DEFENCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"adaptive-fusion", "adaptive-branches", "adaptive-hijack", "adaptive-evasion"})
  void anImageIsAttackedAlikeInEveryBatch(String name) {
    SampleAttack attack =
        name.equals("adaptive-evasion")
            ? new EvasionAttack(name, fromTheImage().ascent(), 3, 1)
            : (SampleAttack) simple(name).create(fromTheImage());
    NDArray together = bench.attack(attack, bench.defence);
    NDArray alone =
        attack.perturb(
            bench.defence,
            bench.data.images().get("2:5"),
            bench.data.labels().get("2:5"),
            bench.context);
    assertThat(SmallBench.largestChange(alone, together.get("2:5"))).isLessThan(1e-6);
  }

  @Test
  void gradientsRunThroughTheWeightsOfTheFusion() {
    NDArray through = gradient(bench.open);
    NDArray past = gradient(bench.open.withDetachedWeights());
    float[] full = through.toFloatArray();
    double[] apart = SmallBench.distances(through, past);
    assertThat(Arrays.stream(apart)).allMatch(distance -> distance > 1e-4);
    // And it is the true one: a small step along it raises the loss as it says.
    double slope = 0;
    for (float g : full) {
      slope += (double) g * g;
    }
    double step = 1e-3 / Math.sqrt(slope);
    double rise = loss(bench.data.images().add(through.mul(step)));
    double fall = loss(bench.data.images().sub(through.mul(step)));
    assertThat((rise - fall) / (2 * step * slope)).isCloseTo(1, within(0.02));
  }

  @Test
  void allBranchesAreDrivenAtOnce() {
    NDArray reached = bench.attack(create("adaptive-branches", 0.1, 20), bench.defence);
    for (int b = 0; b < 3; b++) {
      Target branch = bench.defence.branches().get(b);
      int before = wrong(branch, bench.data.images());
      assertThat(wrong(branch, reached)).isGreaterThan(before + 10);
    }
  }

  @Test
  void theHijackTakesTheBranchWhoseBoundaryIsNearest() {
    Hijack.Plan plan =
        Hijack.plan(
            bench.defence,
            bench.data.images(),
            bench.data.labels(),
            bench.context.manager(),
            bench.context.ops());
    long[] labels = bench.data.labels().toLongArray();
    for (int i = 0; i < labels.length; i++) {
      double nearest = Double.POSITIVE_INFINITY;
      int branch = -1;
      int target = -1;
      for (int b = 0; b < 3; b++) {
        float[] z = bench.defence.branches().get(b).logits(image(i)).toFloatArray();
        float[] w = bench.defence.weights().get(b).toFloatArray();
        int other = -1;
        for (int c = 0; c < z.length; c++) {
          if (c != labels[i] && (other < 0 || z[c] > z[other])) {
            other = c;
          }
        }
        // Of a linear branch the distance is exact.
        double reach = 0;
        for (int d = 0; d < 192; d++) {
          reach += Math.abs(w[d * 4 + other] - w[d * 4 + (int) labels[i]]);
        }
        double distance = (z[(int) labels[i]] - z[other]) / reach;
        if (distance < nearest) {
          nearest = distance;
          branch = b;
          target = other;
        }
      }
      assertThat(plan.branches()[i]).isEqualTo(branch);
      assertThat(plan.classes()[i]).isEqualTo(target);
    }
    assertThat(Arrays.stream(plan.branches()).distinct().count())
        .as("it is not the same branch for every image")
        .isGreaterThan(1);
  }

  @Test
  void theHijackedBranchTakesTheFusionOver() {
    NDArray reached = bench.attack(create("adaptive-hijack", EPSILON, 20), bench.defence);
    Hijack.Plan plan =
        Hijack.plan(
            bench.defence,
            bench.data.images(),
            bench.data.labels(),
            bench.context.manager(),
            bench.context.ops());
    float[] before = bench.defence.forward(bench.data.images()).fused().weights().toFloatArray();
    float[] after = bench.defence.forward(reached).fused().weights().toFloatArray();
    long[] predicted = bench.defence.logits(reached).argMax(1).toLongArray();
    double gained =
        IntStream.range(0, predicted.length)
            .mapToDouble(
                i -> after[3 * i + plan.branches()[i]] - before[3 * i + plan.branches()[i]])
            .average()
            .orElseThrow();
    long followed =
        IntStream.range(0, predicted.length).filter(i -> predicted[i] == plan.classes()[i]).count();
    assertThat(gained).isPositive();
    assertThat(followed).isGreaterThan(25);
  }

  private NDArray image(int i) {
    return bench.data.images().get(i + ":" + (i + 1));
  }

  private NDArray gradient(ToyDefence defence) {
    return Ascent.gradient(
        x -> DefenceGoals.fused(defence, bench.data.labels()).judge(x).objective(),
        bench.data.images(),
        bench.context.ops());
  }

  private double loss(NDArray points) {
    return DefenceGoals.fused(bench.open, bench.data.labels())
        .judge(points)
        .objective()
        .sum()
        .getFloat();
  }

  private float[] margins(NDArray points) {
    return Margins.of(bench.defence.logits(points), bench.data.labels());
  }

  private int wrong(Target target, NDArray points) {
    int count = 0;
    for (float margin : Margins.of(target.logits(points), bench.data.labels())) {
      count += margin > 0 ? 1 : 0;
    }
    return count;
  }

  private static AdaptiveOptions fromTheImage() {
    return new AdaptiveOptions(EPSILON, EPSILON / 6, 6, false);
  }

  private static AttackProvider<AdaptiveOptions> simple(String name) {
    return Stream.<AttackProvider<AdaptiveOptions>>of(
            new AdaptiveFusionProvider(),
            new AdaptiveBranchesProvider(),
            new AdaptiveHijackProvider())
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static AttackProvider<?> provider(String name) {
    return name.equals("adaptive-evasion") ? new AdaptiveEvasionProvider() : simple(name);
  }

  private static SampleAttack create(String name, double epsilon, int steps) {
    if (name.equals("adaptive-evasion")) {
      return (SampleAttack)
          new AdaptiveEvasionProvider()
              .create(new EvasionOptions(epsilon, epsilon / 6, steps, true, 4, 1));
    }
    return (SampleAttack)
        simple(name).create(new AdaptiveOptions(epsilon, epsilon / 6, steps, true));
  }
}
