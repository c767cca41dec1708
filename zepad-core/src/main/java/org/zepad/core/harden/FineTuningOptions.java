package org.zepad.core.harden;

import org.zepad.api.Option;
import org.zepad.api.attack.SampleAttack;

/**
 * How an encoder is adversarially fine-tuned; the defaults are those of ZePAD (Lei, Yang and Zhang,
 * ICLR 2026). The number that divides the weights inside the topology loss, hard-coded in the
 * published code, is {@link #tpScale}.
 *
 * <p>A head that knows nothing sends random gradients into the encoder and attacks that mean
 * nothing, until it has learnt; a long training gets over it. A short one does better with {@link
 * #headEpochs} (as linear probing before fine-tuning does, Kumar et al. 2022, section 4).
 */
public record FineTuningOptions(
    @Option(defaultValue = "20", min = 1, help = TuningOptions.EPOCHS_HELP) int epochs,
    @Option(defaultValue = "256", min = 2, help = TuningOptions.BATCH_SIZE_HELP) int batchSize,
    @Option(defaultValue = "0", min = 0, help = TuningOptions.HEAD_EPOCHS_HELP) int headEpochs,
    @Option(defaultValue = "1e-4", min = 0, help = TuningOptions.ENCODER_LEARNING_RATE_HELP)
        double encoderLearningRate,
    @Option(defaultValue = "5e-3", min = 0, help = TuningOptions.HEAD_LEARNING_RATE_HELP)
        double headLearningRate,
    @Option(defaultValue = "8e-4", min = 0, help = TuningOptions.WEIGHT_DECAY_HELP)
        double weightDecay,
    @Option(defaultValue = "0.96", min = 0, max = 1, help = TuningOptions.DECAY_HELP) double decay,
    @Option(defaultValue = "20", min = 0, help = "weight of the topology-preservation loss")
        double tpWeight,
    @Option(
            defaultValue = "32",
            min = 1e-6,
            help = "divides the sample weights inside the topology-preservation loss")
        double tpScale,
    @Option(defaultValue = "0.2", min = 0, max = 0.99, help = TuningOptions.DROPOUT_HELP)
        double dropout,
    @Option(defaultValue = "pgd", help = TuningOptions.ATTACK_HELP) String attack,
    @Option(defaultValue = "0.03", min = 0, max = 1, help = TuningOptions.ATTACK_EPSILON_HELP)
        double attackEpsilon,
    @Option(defaultValue = "10", min = 0, help = TuningOptions.ATTACK_STEPS_HELP) int attackSteps,
    @Option(defaultValue = "0.007", min = 0, max = 1, help = TuningOptions.ATTACK_STEP_SIZE_HELP)
        double attackStepSize,
    @Option(defaultValue = "0", min = 0, help = TuningOptions.VALIDATION_IMAGES_HELP)
        int validationImages,
    @Option(
            defaultValue = "sound",
            help = "reference reproduces mistakes of the published code, for comparison only")
        Compat compat)
    implements TuningOptions {

  /** The published settings. */
  public static FineTuningOptions defaults() {
    return new FineTuningOptions(
        20,
        256,
        0,
        1e-4,
        5e-3,
        8e-4,
        0.96,
        20,
        TopologyLoss.PUBLISHED_SCALE,
        0.2,
        "pgd",
        0.03,
        10,
        0.007,
        0,
        Compat.SOUND);
  }

  /** How these options, ZePAD's, fine-tune. */
  Recipe recipe(SampleAttack attack) {
    Objective objective = new TopologyPreserving(tpWeight, new TopologyLoss(tpScale));
    return new Recipe(this, objective, attack, attack);
  }
}
