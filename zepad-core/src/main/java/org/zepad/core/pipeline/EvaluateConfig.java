package org.zepad.core.pipeline;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.core.config.PluginOf;
import org.zepad.core.evaluate.Arithmetic;
import org.zepad.core.plugin.PluginKind;

/**
 * Evaluating bundles on a task.
 *
 * @param task the task of the bundles; empty: the data set's name
 * @param data its data set, of which the test images are used
 * @param adaptive sample-wise attacks on each whole defence, fusion included
 * @param batchSize images at once; changes no result
 * @param audit whether the self-checks that attack every model are run, too
 * @param others data sets of other kinds, of which no image should be flagged
 * @param compat {@code reference} reproduces the arithmetic of the public research code
 */
public record EvaluateConfig(
    @Option(defaultValue = "", help = "name of the task, empty for the data set's") String task,
    @PluginOf(PluginKind.DATASET)
        @Option(defaultValue = "shapes", help = "data set whose test images are used")
        DataConfig data,
    @Option(defaultValue = "", help = "sample-wise attacks on each whole defence")
        List<Choice> adaptive,
    @Option(defaultValue = "256", help = "images at once", min = 1) int batchSize,
    @Option(
            defaultValue = "false",
            help = "whether every self-check is run, those that attack each model included")
        boolean audit,
    @PluginOf(PluginKind.DATASET)
        @Option(defaultValue = "", help = "other data sets, whose images should not be flagged")
        List<DataConfig> others,
    @Option(defaultValue = "sound", help = "how attacked images and figures are made")
        Arithmetic compat) {
  /** The name of the task. */
  public String taskName() {
    return task.isEmpty() ? data.name() : task;
  }

  /** The same with every self-check. */
  public EvaluateConfig withAudit() {
    return new EvaluateConfig(task, data, adaptive, batchSize, true, others, compat);
  }
}
