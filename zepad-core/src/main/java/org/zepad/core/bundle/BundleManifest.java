package org.zepad.core.bundle;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.detect.DetectionThreshold;

/**
 * What {@code bundle.json} says.
 *
 * @param branches the branches in order, at least one
 * @param fusion how branch logits are combined
 * @param detector what scores branch confidences
 * @param tasks the downstream tasks in the order in which they were added
 * @param provenance facts that rebuild it: seeds, configuration, data fingerprints, versions
 * @param files the SHA-256 of every other file, by path within the folder
 */
public record BundleManifest(
    List<BranchEntry> branches,
    PluginChoice fusion,
    PluginChoice detector,
    List<TaskEntry> tasks,
    Map<String, String> provenance,
    Map<String, String> files) {

  /** The version of the layout that this code writes and reads. */
  public static final int FORMAT_VERSION = 1;

  /** The file's name within the folder. */
  public static final String FILE = "bundle.json";

  public BundleManifest {
    branches = List.copyOf(branches);
    tasks = List.copyOf(tasks);
    provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** The task of a name. */
  public Optional<TaskEntry> task(String name) {
    return tasks.stream().filter(task -> task.name().equals(name)).findFirst();
  }

  /**
   * One branch.
   *
   * @param name unique, kebab case
   * @param role what it is for
   * @param encoder path of its weights within the folder
   * @param preprocessing what it does to an image, as the encoder's own file says
   */
  public record BranchEntry(String name, Role role, String encoder, Preprocessing preprocessing) {}

  /**
   * One downstream task.
   *
   * @param name unique, kebab case
   * @param classes the names of the classes in label order, at least two
   * @param threshold above which detection score an image is flagged
   * @param heads paths of the heads' weights within the folder, by branch
   * @param provenance facts of its training
   */
  public record TaskEntry(
      String name,
      List<String> classes,
      DetectionThreshold threshold,
      Map<String, String> heads,
      Map<String, String> provenance) {
    public TaskEntry {
      classes = List.copyOf(classes);
      heads = Collections.unmodifiableMap(new TreeMap<>(heads));
      provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    }
  }
}
