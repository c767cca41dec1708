package org.zepad.core.pipeline;

import java.util.List;
import java.util.Map;
import org.zepad.api.Option;
import org.zepad.core.config.PluginOf;
import org.zepad.core.plugin.PluginKind;

/**
 * On what a model in another precision than float32 is calibrated and judged.
 *
 * @param task the task of the bundle; empty: the data set's name
 * @param data its data set: training images calibrate, test images judge
 * @param calibrationImages how many training images int8 is calibrated on
 * @param checkedImages how many test images the change is measured on; 0 for all
 * @param adaptive sample-wise attacks on the whole defence, under which the change is measured;
 *     empty: PGD
 * @param maxLoss the most percentage points that a figure may be worse
 */
public record ExportConfig(
    @Option(defaultValue = "", help = "task whose change is measured, empty for the data set's")
        String task,
    @PluginOf(PluginKind.DATASET)
        @Option(defaultValue = "shapes", help = "data set of the task, for fp16 and int8")
        DataConfig data,
    @Option(
            defaultValue = "512",
            help = "training images that int8 is calibrated on",
            min = 1,
            max = 100_000)
        int calibrationImages,
    @Option(
            defaultValue = "1000",
            help = "test images on which the change by fp16 and int8 is measured, 0 for all",
            min = 0)
        int checkedImages,
    @Option(
            defaultValue = "",
            help =
                "sample-wise attacks on the whole defence under which it is measured, pgd if none")
        List<Choice> adaptive,
    @Option(
            defaultValue = "1",
            help = "most percentage points by which a figure may be worse",
            min = 0,
            max = 100)
        double maxLoss) {

  /** The attacks on the whole defence. */
  List<Choice> attacks() {
    return adaptive.isEmpty() ? List.of(new Choice("pgd", Map.of())) : adaptive;
  }

  /** The name of the task. */
  public String taskName() {
    return task.isEmpty() ? data.name() : task;
  }
}
