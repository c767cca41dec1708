package org.zepad.core.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.harden.FineTuningOptions;
import org.zepad.core.harden.FineTuningStep;
import org.zepad.core.head.Head;
import org.zepad.core.plugin.PluginRegistry;

/**
 * A step of adversarial fine-tuning with the published settings, as the defence {@code zepad} does
 * it for each MPAE branch: attack, loss, gradients, two updates.
 */
record AftStepPart(Stopwatch watch, BenchModel model, PluginRegistry plugins) {

  /** The seconds that a step takes, and where they go. */
  AftSteps measure() {
    FineTuningOptions options = FineTuningOptions.defaults();
    SampleAttack attack = options.attack(plugins.attacks(), Map.of());
    NoiseImages noise = model.images(model.config().batch());
    try (RunContext context = model.context().child("aft-step");
        Encoder encoder = model.victim().duplicate();
        Head head =
            new Head(
                context.manager(),
                encoder.featureDim(),
                BenchModel.CLASSES,
                options.dropout(),
                context.seed());
        FineTuningStep step = new FineTuningStep(options, attack, encoder, head, context)) {
      Timed timed = new Timed(step, noise, noise.pixels(), context, new ArrayList<>());
      double[] whole =
          watch.seconds(BenchPart.AFT_STEP.toString(), model.config().repeats(), timed::learn);
      return timed.spreads(whole);
    }
  }

  /**
   * Steps whose parts are timed.
   *
   * @param pixels of the images, made once
   * @param ends of each step, its begin and the ends of its three parts, in nanoseconds
   */
  private record Timed(
      FineTuningStep step,
      NoiseImages noise,
      byte[] pixels,
      RunContext context,
      List<long[]> ends) {

    void learn() {
      long[] times = new long[4];
      times[0] = System.nanoTime();
      try (NDManager scope = context.manager().newSubManager()) {
        NDArray images = NoiseImages.tensor(scope, pixels, noise.size(), noise.side());
        NDArray labels = scope.create(noise.labels());
        NDArray attacked = step.adversarial(images, labels, "attack");
        times[1] = System.nanoTime();
        step.accumulate(images, attacked, labels);
        times[2] = System.nanoTime();
      }
      step.update(1);
      times[3] = System.nanoTime();
      ends.add(times);
    }

    AftSteps spreads(double[] whole) {
      return new AftSteps(Spread.of(whole), part(1), part(2), part(3));
    }

    private Spread part(int number) {
      return Spread.of(
          ends.stream()
              .skip(Stopwatch.WARM_UP)
              .mapToDouble(times -> (times[number] - times[number - 1]) / 1e9)
              .toArray());
    }
  }
}
