package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.bundle.BundleManifest.TaskEntry;
import org.zepad.core.onnx.ModelInfo;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.onnx.OnnxExport;
import org.zepad.core.runtime.RuntimeOptions;
import org.zepad.core.runtime.ZepadClassifier;

/**
 * The exported model that a bundle holds, if it can stand for the bundle as it is now.
 *
 * @param classifier the model, to be closed; null if there is none that can
 * @param problem why there is none; empty if there is one
 */
record ExportedModel(@Nullable ZepadClassifier classifier, String problem) {

  /**
   * Loads it.
   *
   * @param tasks those of the bundle that are wanted
   * @throws org.zepad.api.ZepadException if it is damaged, or cannot run on this device
   */
  static ExportedModel load(
      Path folder, BundleManifest manifest, List<TaskInfo> tasks, RuntimeOptions device) {
    if (!manifest.files().containsKey(ExportStep.PATH)) {
      return new ExportedModel(null, "the bundle holds no exported model");
    }
    ZepadClassifier classifier = ZepadClassifier.load(folder.resolve(ExportStep.PATH), device);
    String problem = stale(manifest, tasks, classifier.info());
    if (problem.isEmpty()) {
      return new ExportedModel(classifier, "");
    }
    classifier.close();
    return new ExportedModel(null, problem);
  }

  private static String stale(BundleManifest manifest, List<TaskInfo> tasks, ModelInfo info) {
    List<String> paths = new ArrayList<>();
    manifest.branches().forEach(branch -> paths.add(branch.encoder()));
    boolean same = true;
    for (TaskInfo task : tasks) {
      if (info.tasks().stream().noneMatch(t -> t.name().equals(task.name()))) {
        return "the bundle's exported model lacks the task '" + task.name() + "'";
      }
      TaskEntry entry = manifest.task(task.name()).orElseThrow();
      paths.addAll(entry.heads().values());
      same &= info.task(task.name()).equals(OnnxExport.info(entry));
    }
    Map<String, String> files = manifest.files();
    same &= paths.stream().allMatch(p -> Objects.equals(files.get(p), info.sources().get(p)));
    return same ? "" : "the bundle has changed since its model was exported";
  }
}
