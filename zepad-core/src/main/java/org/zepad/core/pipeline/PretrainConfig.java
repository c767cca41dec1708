package org.zepad.core.pipeline;

import org.zepad.api.Option;
import org.zepad.core.config.PluginOf;
import org.zepad.core.plugin.PluginKind;
import org.zepad.core.pretrain.PretrainOptions;

/**
 * Pre-training of one encoder.
 *
 * @param method the SSL method
 * @param backbone the architecture
 * @param data what it is trained on
 * @param training length, batch size and the like
 * @param weights the type of the numbers in the file
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
    @Option(defaultValue = "", help = "length, batch size and the like") PretrainOptions training,
    @Option(defaultValue = "float32", help = "numbers in the file; float16 halves its size")
        Weights weights) {

  /** The type of the numbers in an encoder's file. */
  public enum Weights {
    FLOAT32,
    FLOAT16
  }
}
