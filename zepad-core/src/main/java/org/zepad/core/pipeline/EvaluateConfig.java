package org.zepad.core.pipeline;

import org.zepad.api.Option;
import org.zepad.core.config.PluginOf;
import org.zepad.core.plugin.PluginKind;

/**
 * Evaluating bundles on a task.
 *
 * @param task the task of the bundles; empty: the data set's name
 * @param data its data set, of which the test images are used
 * @param batchSize images at once; changes no result
 */
public record EvaluateConfig(
    @Option(defaultValue = "", help = "name of the task, empty for the data set's") String task,
    @PluginOf(PluginKind.DATASET)
        @Option(defaultValue = "shapes", help = "data set whose test images are used")
        DataConfig data,
    @Option(defaultValue = "256", help = "images at once", min = 1) int batchSize) {
  /** The name of the task. */
  public String taskName() {
    return task.isEmpty() ? data.name() : task;
  }
}
