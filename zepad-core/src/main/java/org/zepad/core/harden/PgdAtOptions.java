package org.zepad.core.harden;

import org.zepad.api.Option;

/**
 * Options of {@code pgd-at}: those that all fine-tunings share, and where the attack begins.
 *
 * @param attackRandomStart by default at a random point, as in the paper (Madry et al. 2018)
 */
public record PgdAtOptions(
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
    @Option(defaultValue = "0.2", min = 0, max = 0.99, help = TuningOptions.DROPOUT_HELP)
        double dropout,
    @Option(defaultValue = "pgd", help = TuningOptions.ATTACK_HELP) String attack,
    @Option(defaultValue = "0.03", min = 0, max = 1, help = TuningOptions.ATTACK_EPSILON_HELP)
        double attackEpsilon,
    @Option(defaultValue = "10", min = 0, help = TuningOptions.ATTACK_STEPS_HELP) int attackSteps,
    @Option(defaultValue = "0.007", min = 0, max = 1, help = TuningOptions.ATTACK_STEP_SIZE_HELP)
        double attackStepSize,
    @Option(defaultValue = "true", help = TuningOptions.RANDOM_START_HELP)
        boolean attackRandomStart,
    @Option(defaultValue = "0", min = 0, help = TuningOptions.VALIDATION_IMAGES_HELP)
        int validationImages)
    implements TuningOptions {}
