package org.zepad.core.pipeline;

import org.zepad.api.Option;
import org.zepad.core.config.PluginOf;
import org.zepad.core.plugin.PluginKind;

/**
 * Pre-training of one encoder.
 *
 * @param method the SSL method
 * @param backbone the architecture
 * @param data what it is trained on
 * @param epochs 0 for the method's recipe
 * @param batchSize 0 for the recipe
 * @param learningRate 0 for the recipe
 * @param warmupEpochs -1 for the recipe
 * @param monitorEvery epochs between two looks of the k-NN monitor
 */
public record PretrainConfig(
    @PluginOf(PluginKind.SSL_METHOD) @Option(defaultValue = "simclr", help = "SSL method")
        Choice method,
    @PluginOf(PluginKind.BACKBONE)
        @Option(defaultValue = "resnet18", help = "architecture of the encoder")
        Choice backbone,
    @PluginOf(PluginKind.DATASET)
        @Option(defaultValue = "shapes", help = "data set to pre-train on")
        DataConfig data,
    @Option(defaultValue = "0", help = "epochs, 0 for the method's recipe", min = 0) int epochs,
    @Option(defaultValue = "0", help = "images a step, 0 for the recipe", min = 0) int batchSize,
    @Option(defaultValue = "0", help = "peak learning rate, 0 for the recipe", min = 0)
        double learningRate,
    @Option(defaultValue = "-1", help = "warm-up epochs, -1 for the recipe", min = -1)
        int warmupEpochs,
    @Option(defaultValue = "5", help = "epochs between two k-NN checks", min = 1)
        int monitorEvery) {}
