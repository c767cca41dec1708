package org.zepad.core.bundle;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Branch;
import org.zepad.api.detector.Detector;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.fusion.Fusion;
import org.zepad.core.bundle.BundleManifest.BranchEntry;
import org.zepad.core.bundle.BundleManifest.TaskEntry;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.encoder.EncoderFiles;
import org.zepad.core.evaluate.FusedModel;
import org.zepad.core.evaluate.HeadedBranch;
import org.zepad.core.head.Head;
import org.zepad.core.plugin.PluginRegistry;

/**
 * A bundle in memory: its encoders, and a model for each task, made when it is asked for. Close it
 * to free everything. Not thread-safe.
 */
public final class Bundle implements AutoCloseable {
  private final BundleFolder folder;
  private final RunContext context;
  private final List<Branch> branches = new ArrayList<>();
  private final Map<String, UnaryOperator<NDArray>> evaluators = new HashMap<>();
  private final Fusion fusion;
  private final Detector detector;
  private final Map<String, FusedModel> models = new HashMap<>();

  private Bundle(BundleFolder folder, PluginRegistry plugins, RunContext context) {
    this.folder = folder;
    this.context = context;
    BundleManifest manifest = folder.manifest();
    this.fusion =
        named(() -> plugins.createFusion(manifest.fusion().name(), manifest.fusion().options()));
    this.detector =
        named(
            () ->
                plugins.createDetector(manifest.detector().name(), manifest.detector().options()));
    for (BranchEntry branch : manifest.branches()) {
      branches.add(new Branch(branch.name(), branch.role(), encoder(branch, plugins)));
    }
  }

  /**
   * Opens a bundle: checks every file against its SHA-256, then makes the encoders.
   *
   * @param folder where it lies
   * @param plugins where its fusion, detector and backbones come from
   * @param parent the bundle lives in a scope of it
   * @throws ZepadException of kind INPUT if something is missing, damaged or of another version, or
   *     a plugin is not there, saying which
   */
  public static Bundle open(Path folder, PluginRegistry plugins, RunContext parent) {
    BundleFolder checked = BundleFolder.open(folder);
    RunContext context = parent.child("bundle");
    try {
      return new Bundle(checked, plugins, context);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /**
   * What a bundle says of itself, every file checked, without making anything.
   *
   * @throws ZepadException of kind INPUT as {@link #open} does
   */
  public static BundleManifest inspect(Path folder) {
    return BundleFolder.open(folder).manifest();
  }

  /**
   * What a bundle says of itself, and of its files only some checked: for whoever uses no others.
   *
   * @param used those to be checked, of which the bundle may lack any
   * @throws ZepadException of kind INPUT as {@link #open} does
   */
  public static BundleManifest inspect(Path folder, Set<String> used) {
    BundleFolder opened = BundleFolder.openManifest(folder);
    used.stream().filter(opened.manifest().files()::containsKey).forEach(opened::requireIntact);
    return opened.manifest();
  }

  /** What it says of itself. */
  public BundleManifest manifest() {
    return folder.manifest();
  }

  /** The branches in order; their encoders belong to this bundle. */
  public List<Branch> branches() {
    return List.copyOf(branches);
  }

  /**
   * The whole defence for a task; it belongs to this bundle.
   *
   * @throws ZepadException of kind USAGE for an unknown task, of kind INPUT for a head that does
   *     not fit
   */
  public FusedModel model(String task) {
    FusedModel known = models.get(task);
    if (known != null) {
      return known;
    }
    TaskEntry entry = task(task);
    Map<String, Head> heads = new HashMap<>();
    for (Branch branch : branches) {
      String path = entry.heads().get(branch.name());
      if (path != null) { // which it always is: the manifest was checked for it
        heads.put(
            branch.name(),
            HeadFiles.load(
                folder.file(path),
                branch.encoder().featureDim(),
                entry.classes().size(),
                context.manager()));
      }
    }
    FusedModel model = model(heads);
    models.put(task, model);
    return model;
  }

  /**
   * A model of these branches and heads under this bundle's fusion and detector, for a task that is
   * not in it yet: to calibrate its threshold.
   *
   * @param heads one for each branch, by its name
   */
  public FusedModel model(Map<String, Head> heads) {
    List<HeadedBranch> headed = new ArrayList<>();
    for (Branch branch : branches) {
      Head head = heads.get(branch.name());
      if (head == null) {
        throw new IllegalArgumentException("branch '" + branch.name() + "' has no head");
      }
      UnaryOperator<NDArray> evaluator =
          evaluators.computeIfAbsent(
              branch.name(), name -> branch.encoder().evaluator(context.manager()));
      headed.add(new HeadedBranch(branch.name(), branch.role(), branch.encoder(), evaluator, head));
    }
    return new FusedModel(headed, fusion, detector);
  }

  /**
   * The names of a task's classes, in label order.
   *
   * @throws ZepadException of kind USAGE for an unknown task
   */
  public List<String> classes(String task) {
    return task(task).classes();
  }

  /**
   * Above which detection score an image of a task is flagged.
   *
   * @throws ZepadException of kind USAGE for an unknown task
   */
  public DetectionThreshold threshold(String task) {
    return task(task).threshold();
  }

  @Override
  public void close() {
    branches.forEach(branch -> branch.encoder().close());
    context.close();
  }

  private TaskEntry task(String name) {
    return manifest()
        .task(name)
        .orElseThrow(
            () ->
                ZepadException.usage(
                    "the bundle "
                        + folder.folder()
                        + " has no task '"
                        + name
                        + "'; its tasks are "
                        + manifest().tasks().stream().map(TaskEntry::name).toList()
                        + ". Adapt it to the task first."));
  }

  private Encoder encoder(BranchEntry branch, PluginRegistry plugins) {
    Path file = folder.file(branch.encoder());
    Encoder encoder = named(() -> EncoderFiles.load(file, plugins, context));
    if (!encoder.info().preprocessing().equals(branch.preprocessing())) {
      throw ZepadException.input(
          "the bundle "
              + folder.folder()
              + " and its file "
              + branch.encoder()
              + " disagree on the pre-processing of branch '"
              + branch.name()
              + "'");
    }
    return encoder;
  }

  /** Says of a plugin that is not there, or refuses its options, which bundle needs it. */
  private <T> T named(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (ZepadException e) {
      if (e.kind() != ZepadException.Kind.USAGE) {
        throw e;
      }
      throw ZepadException.input(
          "the bundle "
              + folder.folder()
              + " needs a plugin that is not at hand or has other options: "
              + e.getMessage()
              + " Add the plugin it was made with to the plugin folder.",
          e);
    }
  }
}
