package org.zepad.core.onnx;

import com.google.protobuf.CodedOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Branch;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.graph.Value;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.bundle.BundleManifest.BranchEntry;
import org.zepad.core.bundle.BundleManifest.TaskEntry;
import org.zepad.core.bundle.PluginChoice;
import org.zepad.core.evaluate.FusedModel;
import org.zepad.core.evaluate.HeadedBranch;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.onnx.ModelInfo.BranchInfo;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.ModelInfo.PluginInfo;
import org.zepad.core.onnx.ModelInfo.TaskInfo;

/**
 * A bundle as one ONNX graph: images of any size in, for each task fused logits, branch confidences
 * and detection score out. All branches stand side by side; encoders are shared by the tasks.
 *
 * <p>Pixels go the way that they go in evaluation: resized once to the size of the largest encoder
 * and rounded to bytes there, then resized by each smaller encoder for itself. Float images are
 * resized by each encoder for itself and never rounded.
 */
public final class OnnxExport {
  private final ModelInfo info;
  private final List<OnnxValue> values;
  private final List<String> outputs;
  private final List<EncoderPart> encoders;

  private OnnxExport(
      ModelInfo info, List<OnnxValue> values, List<String> outputs, List<EncoderPart> encoders) {
    this.info = info;
    this.values = Values.needed(values, outputs);
    this.outputs = List.copyOf(outputs);
    this.encoders = List.copyOf(encoders);
  }

  /**
   * Describes a bundle.
   *
   * @param tasks which of its tasks; empty: all of them
   * @param provenance facts to be noted beside those of the bundle; {@code zepad} is the version
   * @throws ZepadException of kind USAGE if there is no such task, or a plugin cannot be exported,
   *     naming every part that cannot be and why; of kind INPUT if one file cannot hold it
   */
  public static OnnxExport of(
      Bundle bundle, List<String> tasks, InputForm input, Map<String, String> provenance) {
    ModelInfo info = info(bundle.manifest(), tasks, input, provenance);
    OnnxGraph graph = new OnnxGraph();
    List<EncoderPart> encoders = new Builder(bundle, info, graph).build();
    requireRoom(graph);
    return new OnnxExport(info, graph.needed(), graph.outputs(), encoders);
  }

  /**
   * The same with encoders in float16.
   *
   * @throws ZepadException of kind INPUT if a weight is too large for that
   */
  public OnnxExport half() {
    return new OnnxExport(
        info.in(Precision.FP16, Map.of()), HalfPrecision.of(values, encoders), outputs, encoders);
  }

  /** A model that gives the ranges of inner values, which {@link #inBytes} wants. */
  public CalibrationModel calibration() {
    return CalibrationModel.of(values, QuantisedPlaces.of(values, encoders).wanted(), info);
  }

  /**
   * The same with encoders in bytes.
   *
   * @param ranges those that the {@link #calibration} gives for benign images
   * @param provenance of these images
   */
  public OnnxExport inBytes(Map<String, Range> ranges, Map<String, String> provenance) {
    return new OnnxExport(
        info.in(Precision.INT8, provenance),
        Quantisation.of(values, QuantisedPlaces.of(values, encoders), ranges),
        outputs,
        encoders);
  }

  /** What the model says of itself. */
  public ModelInfo info() {
    return info;
  }

  /** Writes the model; the same bundle gives the same bytes. */
  public void write(Path file) {
    AtomicFiles.write(
        file,
        out -> {
          CodedOutputStream coded = CodedOutputStream.newInstance(out, 1 << 16);
          ModelProtos.of(values, info).writeTo(coded);
          coded.flush();
        });
  }

  private static ModelInfo info(
      BundleManifest manifest,
      List<String> wanted,
      InputForm input,
      Map<String, String> provenance) {
    List<TaskEntry> tasks = tasks(manifest, wanted);
    Map<String, String> sources = new TreeMap<>();
    List<String> paths = new ArrayList<>();
    manifest.branches().forEach(branch -> paths.add(branch.encoder()));
    tasks.forEach(task -> paths.addAll(task.heads().values()));
    paths.forEach(path -> sources.put(path, manifest.files().getOrDefault(path, "")));
    Map<String, String> facts = new TreeMap<>(manifest.provenance());
    provenance.forEach((key, value) -> facts.put("export." + key, value));
    tasks.forEach(
        task ->
            task.provenance()
                .forEach((key, value) -> facts.put("task." + task.name() + "." + key, value)));
    return new ModelInfo(
        ModelInfo.FORMAT_VERSION,
        Operator.OPSET,
        input,
        Precision.FP32,
        manifest.branches().stream()
            .map(BranchEntry::preprocessing)
            .mapToInt(Preprocessing::size)
            .max()
            .orElseThrow(),
        manifest.branches().stream().map(b -> new BranchInfo(b.name(), b.role())).toList(),
        tasks.stream().map(OnnxExport::info).toList(),
        info(manifest.fusion()),
        info(manifest.detector()),
        sources,
        facts);
  }

  /** What an exported model says of a task. */
  public static TaskInfo info(TaskEntry task) {
    return new TaskInfo(
        task.name(),
        task.classes(),
        task.threshold().value(),
        task.threshold().wantedFpr().isPresent()
            ? (Double) task.threshold().wantedFpr().getAsDouble()
            : null);
  }

  /**
   * A task of a bundle.
   *
   * @param name empty: the only one
   * @param folder of the bundle, for messages
   * @throws ZepadException of kind USAGE if there is none, or none is named and there are several
   */
  public static TaskInfo task(BundleManifest manifest, String name, Path folder) {
    List<String> names = manifest.tasks().stream().map(TaskEntry::name).toList();
    if (names.isEmpty()) {
      throw ZepadException.usage("the bundle " + folder + " has no task yet; adapt it first");
    }
    if (name.isEmpty() && names.size() > 1) {
      throw ZepadException.usage(
          "the bundle " + folder + " has the tasks " + names + "; name one with --task");
    }
    String wanted = name.isEmpty() ? names.get(0) : name;
    return manifest
        .task(wanted)
        .map(OnnxExport::info)
        .orElseThrow(
            () ->
                ZepadException.usage(
                    "the bundle "
                        + folder
                        + " has no task '"
                        + wanted
                        + "'; its tasks are "
                        + names
                        + ". Adapt it to the task first."));
  }

  private static PluginInfo info(PluginChoice choice) {
    return new PluginInfo(choice.name(), choice.options());
  }

  private static List<TaskEntry> tasks(BundleManifest manifest, List<String> wanted) {
    List<String> names = manifest.tasks().stream().map(TaskEntry::name).toList();
    if (names.isEmpty()) {
      throw ZepadException.usage("the bundle has no task yet; adapt it first");
    }
    for (String name : wanted) {
      if (!names.contains(name)) {
        throw ZepadException.usage("the bundle has no task '" + name + "'; its tasks are " + names);
      }
    }
    return manifest.tasks().stream()
        .filter(task -> wanted.isEmpty() || wanted.contains(task.name()))
        .toList();
  }

  private static void requireRoom(OnnxGraph graph) {
    long bytes = 0;
    for (OnnxValue value : graph.needed()) {
      if (value instanceof OnnxValue.Floats floats) {
        bytes += (long) Float.BYTES * floats.values().length;
      }
    }
    // A few kilobytes for everything that is not a weight.
    if (bytes > OnnxFile.GREATEST - (64L << 20)) {
      throw ZepadException.input(
          "the weights take "
              + (bytes >> 20)
              + " MiB, and one ONNX file holds 2 GiB; export fewer branches");
    }
  }

  /** Puts the parts together, and gathers what cannot be. */
  private static final class Builder {
    private final Bundle bundle;
    private final ModelInfo info;
    private final OnnxGraph graph;
    private final List<String> problems = new ArrayList<>();

    Builder(Bundle bundle, ModelInfo info, OnnxGraph graph) {
      this.bundle = bundle;
      this.info = info;
      this.graph = graph;
    }

    List<EncoderPart> build() {
      Value pixels = pixels(graph.input(ModelInfo.IMAGES));
      Map<Integer, Value> sizes = new HashMap<>();
      List<EncoderPart> encoders = new ArrayList<>();
      for (Branch branch : bundle.branches()) {
        int size = branch.encoder().info().preprocessing().size();
        Value images = sizes.computeIfAbsent(size, s -> ofSize(pixels, s));
        graph.scope(branch.name());
        Value features =
            described(
                "branch '" + branch.name() + "'",
                pixels,
                () -> branch.encoder().describe(graph, images));
        encoders.add(new EncoderPart((OnnxValue) images, (OnnxValue) features));
      }
      info.tasks().forEach(task -> task(task, encoders));
      if (!problems.isEmpty()) {
        throw ZepadException.usage(
            "the bundle cannot be exported:\n  " + String.join("\n  ", problems));
      }
      return encoders;
    }

    private Value pixels(Value images) {
      if (info.input() == InputForm.FLOAT) {
        return images;
      }
      // Of an image that has its size already, nothing is changed by this.
      Value resized = graph.resize(graph.floats(images), info.size(), info.size());
      Value rounded = graph.floor(graph.add(resized, graph.number(0.5)));
      return graph.div(graph.clip(rounded, 0, 255), graph.number(255));
    }

    private Value ofSize(Value pixels, int size) {
      boolean fits = info.input() == InputForm.UINT8 && size == info.size();
      return fits ? pixels : graph.resize(pixels, size, size);
    }

    private void task(TaskInfo task, List<EncoderPart> encoders) {
      FusedModel model = bundle.model(task.name());
      List<Value> logits = new ArrayList<>();
      for (int b = 0; b < encoders.size(); b++) {
        HeadedBranch branch = model.branches().get(b);
        graph.scope(task.name() + "/" + branch.name());
        Value one = branch.head().describe(graph, encoders.get(b).features());
        logits.add(graph.reshape(one, 1, -1, task.classes().size()));
      }
      graph.scope(task.name());
      Value all = graph.concat(logits, 0);
      Fusion.Described fused =
          described(
              "fusion '" + info.fusion().name() + "'",
              new Fusion.Described(all, all, all),
              () -> model.describeFusion(graph, all));
      graph.output(task.logits(), fused.logits());
      graph.output(task.confidences(), fused.confidences());
      graph.output(
          task.score(),
          described(
              "detector '" + info.detector().name() + "'",
              all,
              () -> model.describeDetector(graph, fused.confidences())));
    }

    private <T> T described(String part, T otherwise, Supplier<T> description) {
      try {
        return description.get();
      } catch (ZepadException e) {
        String problem = part + ": " + e.getMessage();
        if (!problems.contains(problem)) {
          problems.add(problem);
        }
        return otherwise;
      }
    }
  }
}
