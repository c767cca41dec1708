package org.zepad.attacks.universal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.tensor.TensorOps;
import org.zepad.core.plugin.PluginRegistry;

/** Compares objectives with what plain loops make of the same images, values and gradients. */
public final class ObjectiveCheck {
  private static final double STEP = 1e-6;
  private static final PluginRegistry PLUGINS = PluginRegistry.open(List.of());

  private ObjectiveCheck() {}

  /** An objective in plain loops. */
  @FunctionalInterface
  public interface Plain {
    double value(PlainTiny net, double[][] bases, double[][] perturbed);
  }

  /** The value, and the gradient by 24 entries of the perturbation against central differences. */
  public static void assertAgrees(Function<Scene, Objective> made, Plain plain) {
    try (TinyScene tiny = new TinyScene()) {
      Scene scene = tiny.scene();
      Objective.Step step = made.apply(scene).on(tiny.batch());
      NDArray sum = step.bases().add(scene.delta());
      TensorOps.ValueAndGradient at = tiny.context.ops().gradient(sum, step.value());

      PlainTiny net = new PlainTiny(tiny.victim);
      double[][] bases = TinyScene.rows(step.bases());
      double[] delta = TinyScene.rows(scene.delta())[0];
      double expected = plain.value(net, bases, TinyScene.perturbed(bases, delta));
      assertThat((double) at.value().toType(DataType.FLOAT32, false).getFloat())
          .isCloseTo(expected, within(1e-5 * Math.max(1e-2, Math.abs(expected))));

      float[] gradient = PixelRange.inward(at.gradient(), sum).toFloatArray();
      double largest =
          IntStream.range(0, gradient.length).mapToDouble(i -> gradient[i]).max().orElseThrow();
      assertThat(largest).isPositive();
      for (int entry = 0; entry < gradient.length; entry += gradient.length / 24) {
        double[] up = delta.clone();
        double[] down = delta.clone();
        up[entry] += STEP;
        down[entry] -= STEP;
        double slope =
            (plain.value(net, bases, TinyScene.perturbed(bases, up))
                    - plain.value(net, bases, TinyScene.perturbed(bases, down)))
                / (2 * STEP);
        assertThat((double) gradient[entry])
            .as("gradient by entry %d", entry)
            .isCloseTo(slope, within(1e-3 * largest));
      }
    }
  }

  /**
   * How far an attack raises its objective above the undisturbed images, against ten random sign
   * patterns of the same size.
   *
   * @return the attack's rise over the largest of the noises'
   */
  public static double riseOverNoise(String attack, Map<String, Object> options, Plain plain) {
    try (TinyScene tiny = new TinyScene()) {
      PlainTiny net = new PlainTiny(tiny.victim);
      double[][] bases = TinyScene.rows(tiny.images.images());
      double clean = plain.value(net, bases, bases);
      double noise =
          IntStream.range(0, 10)
              .mapToDouble(
                  i -> plain.value(net, bases, TinyScene.perturbed(bases, TinyScene.noise(i))))
              .max()
              .orElseThrow();
      double[] delta = craft(attack, options, tiny);
      double reached = plain.value(net, bases, TinyScene.perturbed(bases, delta));
      assertThat(reached).as("%s: clean %s, noise %s", attack, clean, noise).isGreaterThan(clean);
      return (reached - clean) / Math.max(1e-9, noise - clean);
    }
  }

  /** What an attack makes of the scene, (3, S, S). */
  public static double[] craft(String attack, Map<String, Object> options, TinyScene tiny) {
    UniversalAttack universal = (UniversalAttack) PLUGINS.createAttack(attack, options);
    NDArray delta = universal.craft(tiny.victim, tiny.images, tiny.context).delta();
    return TinyScene.rows(delta.expandDims(0))[0];
  }
}
