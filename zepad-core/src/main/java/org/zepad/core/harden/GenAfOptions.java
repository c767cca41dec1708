package org.zepad.core.harden;

import org.zepad.api.Option;

/**
 * Options of {@code gen-af}: those that all fine-tunings share, which are of its first stage; the
 * loss of that stage; and the second stage.
 *
 * <p>What the published code has: {@code tp-weight} 20, {@code tp-scale} 32, {@code layer-share}
 * 0.2 (there called a tenth), {@code layer-epsilon} 0.1, {@code layer-steps} 10, {@code
 * adapt-learning-rate} 1e-3, 50 epochs in either stage, all training images for the ranking. The
 * defaults of {@code adapt-epochs} (in proportion to the 20 of the first stage, halved, since the
 * second converges fast), {@code ranking-images} and {@code robust-tolerance} are our choice.
 *
 * @param tpWeight weight of the topology-preservation loss in the first stage
 * @param tpScale divides the sample weights inside that loss
 * @param layerShare share of the layers that learn in the second stage, rounded down to a whole
 *     number of layers
 * @param layerEpsilon how far a layer is moved at most while it is ranked, relative to its length
 * @param layerSteps steps of ascent for each layer
 * @param rankingImages attacked validation images that rank the layers; 0 for all
 * @param adaptEpochs epochs of the second stage; 0 leaves it out
 * @param adaptLearningRate Adam's learning rate in the second stage
 * @param robustTolerance by how much, as a share of the validation images, the robust accuracy may
 *     fall in the second stage
 */
public record GenAfOptions(
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
    @Option(defaultValue = "20", min = 0, help = "weight of the topology-preservation loss")
        double tpWeight,
    @Option(
            defaultValue = "32",
            min = 1e-6,
            help = "divides the sample weights inside the topology-preservation loss")
        double tpScale,
    @Option(defaultValue = "pgd", help = TuningOptions.ATTACK_HELP) String attack,
    @Option(defaultValue = "0.03", min = 0, max = 1, help = TuningOptions.ATTACK_EPSILON_HELP)
        double attackEpsilon,
    @Option(defaultValue = "10", min = 0, help = TuningOptions.ATTACK_STEPS_HELP) int attackSteps,
    @Option(defaultValue = "0.007", min = 0, max = 1, help = TuningOptions.ATTACK_STEP_SIZE_HELP)
        double attackStepSize,
    @Option(
            defaultValue = "0.2",
            min = 0,
            max = 1,
            help =
                "share of the convolution and linear layers that learn in stage 2, the least robust-relevant")
        double layerShare,
    @Option(
            defaultValue = "0.1",
            min = 0,
            help = "how far a layer is moved while it is ranked, relative to its length")
        double layerEpsilon,
    @Option(
            defaultValue = "10",
            min = 1,
            help = "steps of gradient ascent for each layer that is ranked")
        int layerSteps,
    @Option(
            defaultValue = "256",
            min = 0,
            help = "attacked validation images that rank the layers; 0 for all")
        int rankingImages,
    @Option(
            defaultValue = "10",
            min = 0,
            help = "epochs of stage 2; 0 leaves it out; published: 50")
        int adaptEpochs,
    @Option(defaultValue = "1e-3", min = 0, help = "Adam's learning rate in stage 2")
        double adaptLearningRate,
    @Option(
            defaultValue = "0.01",
            min = 0,
            max = 1,
            help =
                "by how much robust accuracy may fall in stage 2, as a share of the validation images")
        double robustTolerance,
    @Option(defaultValue = "0", min = 0, help = TuningOptions.VALIDATION_IMAGES_HELP)
        int validationImages)
    implements TuningOptions {}
