package org.zepad.core.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

  /** The seconds that a step takes. */
  Spread measure() {
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
      byte[] pixels = noise.pixels();
      return Spread.of(
          watch.seconds(
              BenchPart.AFT_STEP.toString(),
              model.config().repeats(),
              () -> learn(step, pixels, noise, context)));
    }
  }

  private static void learn(
      FineTuningStep step, byte[] pixels, NoiseImages noise, RunContext context) {
    try (NDManager scope = context.manager().newSubManager()) {
      NDArray images = NoiseImages.tensor(scope, pixels, noise.size(), noise.side());
      NDArray labels = scope.create(noise.labels());
      NDArray attacked = step.adversarial(images, labels, "attack");
      step.accumulate(images, attacked, labels);
    }
    step.update(1);
  }
}
