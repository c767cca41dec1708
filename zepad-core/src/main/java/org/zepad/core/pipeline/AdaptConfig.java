package org.zepad.core.pipeline;

import org.zepad.api.Option;
import org.zepad.core.config.PluginOf;
import org.zepad.core.head.HeadOptions;
import org.zepad.core.plugin.PluginKind;

/**
 * Adapting a bundle to a downstream task.
 *
 * @param task names the task in the bundle; empty: the data set's name
 * @param data the task's data set
 * @param epochs epochs of head training
 * @param batchSize features a step
 * @param falsePositiveRate share of benign validation images that the detector may flag
 */
public record AdaptConfig(
    @Option(defaultValue = "", help = "name of the task, empty for the data set's") String task,
    @PluginOf(PluginKind.DATASET) @Option(defaultValue = "shapes", help = "data set of the task")
        DataConfig data,
    @Option(defaultValue = "20", help = "epochs of head training", min = 1) int epochs,
    @Option(defaultValue = "256", help = "features a step", min = 2) int batchSize,
    @Option(
            defaultValue = "0.05",
            help = "share of benign validation images that the detector may flag",
            min = 0.0001,
            max = 0.5)
        double falsePositiveRate) {
  /** The name of the task. */
  public String taskName() {
    return task.isEmpty() ? data.name() : task;
  }

  HeadOptions head() {
    HeadOptions paper = HeadOptions.defaults();
    return new HeadOptions(
        epochs,
        batchSize,
        paper.learningRate(),
        paper.weightDecay(),
        paper.decay(),
        paper.dropout());
  }
}
