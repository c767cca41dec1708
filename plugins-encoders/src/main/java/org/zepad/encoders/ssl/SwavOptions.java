package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link SwavProvider}.
 *
 * @param projectorHidden length of the projector's hidden layer
 * @param projectorOutput length of a projection
 * @param prototypes how many prototypes the images are shared out among
 * @param temperature divisor of the cosines
 * @param sinkhornEpsilon how soft the shares are
 * @param sinkhornIterations how often the shares are balanced
 * @param queueSize earlier projections that are shared out too, a queue for each large view; 0 for
 *     none, else at least as many as a batch has images
 * @param queueStart the 0-based epoch from which they are
 * @param frozenEpochs epochs at the beginning in which the prototypes stay as they are
 * @param smallCrops small views beside the two large ones; the paper takes 6 on ImageNet,
 *     solo-learn none
 */
public record SwavOptions(
    @Option(
            defaultValue = "2048",
            min = 1,
            max = 65536,
            help = "Length of the projector's hidden layer")
        int projectorHidden,
    @Option(defaultValue = "128", min = 1, max = 65536, help = "Length of a projection")
        int projectorOutput,
    @Option(defaultValue = "3000", min = 2, max = 1000000, help = "Number of prototypes")
        int prototypes,
    @Option(defaultValue = "0.1", min = 0.001, max = 100, help = "Divisor of the cosines")
        double temperature,
    @Option(defaultValue = "0.05", min = 0.001, max = 100, help = "Softness of the shares")
        double sinkhornEpsilon,
    @Option(defaultValue = "3", min = 1, max = 100, help = "Balancings of the shares")
        int sinkhornIterations,
    @Option(
            defaultValue = "3840",
            min = 0,
            max = 10000000,
            help = "Earlier projections that are shared out too, 0 for none")
        int queueSize,
    @Option(
            defaultValue = "50",
            min = 0,
            max = 100000,
            help = "Epoch, counted from 0, from which they are")
        int queueStart,
    @Option(
            defaultValue = "2",
            min = 0,
            max = 100000,
            help = "Epochs at the beginning in which the prototypes are frozen")
        int frozenEpochs,
    @Option(
            defaultValue = "0",
            min = 0,
            max = 64,
            help = "Small views beside the two large ones; the paper takes 6 on ImageNet")
        int smallCrops) {}
