package org.zepad.core.pipeline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.zepad.api.RunContext;
import org.zepad.api.attack.ThreatModel;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.core.evaluate.Arithmetic;
import org.zepad.core.evaluate.AttackRun;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Evaluator;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.onnx.OnnxExport;
import org.zepad.core.onnx.Precision;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.Calibrator;
import org.zepad.core.runtime.Outputs;
import org.zepad.core.runtime.RuntimeOptions;
import org.zepad.core.runtime.RuntimeOptions.DeviceChoice;
import org.zepad.core.runtime.ZepadClassifier;

/** Exports in other precisions than float32, and what they change. */
final class LowPrecision {
  private static final int BATCH = 32;
  private static final RuntimeOptions ON_CPU = new RuntimeOptions(DeviceChoice.CPU, 0, 0);
  private static final String BUNDLE = "bundle";

  private final PluginRegistry plugins;
  private final Settings settings;
  private final ExportConfig config;

  LowPrecision(PluginRegistry plugins, Settings settings, ExportConfig config) {
    this.plugins = plugins;
    this.settings = settings;
    this.config = config;
  }

  /**
   * A model in another precision.
   *
   * @param export in float32
   * @param precision not float32
   */
  OnnxExport of(OnnxExport export, Precision precision, RunContext context) {
    return precision == Precision.FP16 ? export.half() : inBytes(export, context);
  }

  private OnnxExport inBytes(OnnxExport export, RunContext context) {
    try (OpenData data = OpenData.open(plugins, config.data(), settings);
        Calibrator calibrator = new Calibrator(export.calibration(), 0)) {
      ImageBatches images = data.trainBatches(config.calibrationImages(), context.manager());
      context.progress().start("calibrating", images.size());
      int[] done = {0};
      images.forEach(
          BATCH,
          OptionalLong.empty(),
          batch -> {
            Shape shape = batch.images().getShape();
            calibrator.observe(
                bytes(batch.images()), (int) shape.get(0), (int) shape.get(2), (int) shape.get(3));
            done[0] += (int) shape.get(0);
            context.progress().update(done[0], "");
          });
      Map<String, String> facts = new TreeMap<>();
      facts.put("calibration-images", Integer.toString(images.size()));
      data.provenance().forEach((name, value) -> facts.put("calibration-" + name, value));
      return export.inBytes(calibrator.ranges(), facts);
    }
  }

  /**
   * What a model's precision changes, on test images, benign and under attacks on the bundle.
   *
   * @param folder the bundle
   * @param single the model in float32
   * @param other the same in another precision
   * @param perturbations crafted universal perturbations
   */
  PrecisionChange change(
      Path folder, Path single, Path other, List<Path> perturbations, RunContext context) {
    String task = config.taskName();
    try (OpenData data = OpenData.open(plugins, data(), settings);
        OpenModels models = new OpenModels(Map.of(BUNDLE, folder), task, plugins, context);
        ZepadClassifier first = ZepadClassifier.load(single, ON_CPU);
        ZepadClassifier second = ZepadClassifier.load(other, ON_CPU)) {
      Subject judged = models.model(BUNDLE).subject();
      List<Subject> subjects =
          List.of(subject("before", judged, first, task), subject("after", judged, second, task));
      data.leaveOutLeakedTestImages();
      Evaluator evaluator = new Evaluator(context, BATCH);
      List<Evaluation> evaluations = new ArrayList<>();
      for (MeasureStep.Attacker attacker : attackers(folder, perturbations)) {
        AttackRun attack = Attackers.ready(attacker, models, plugins, new HashMap<>(), context);
        evaluations.add(
            evaluator
                .evaluate(subjects, data.testBatches(context.manager()), attack, Arithmetic.SOUND)
                .evaluation());
      }
      return PrecisionChange.of(evaluations);
    }
  }

  private DataConfig data() {
    return config.data().testImages() == 0
        ? config.data().withTestImages(config.checkedImages())
        : config.data();
  }

  private List<MeasureStep.Attacker> attackers(Path folder, List<Path> perturbations) {
    List<MeasureStep.Attacker> attackers = new ArrayList<>();
    for (Path file : perturbations) {
      String name = String.valueOf(file.getFileName());
      attackers.add(new MeasureStep.Attacker.Crafted(name, ThreatModel.TRANSFER, null, file));
    }
    for (Choice choice : config.attacks()) {
      attackers.add(
          new MeasureStep.Attacker.Sampled(
              choice.name(), ThreatModel.ADAPTIVE, choice, BUNDLE, folder));
    }
    return attackers;
  }

  /** An exported model, judged as the bundle is; its images are rounded to bytes. */
  private static Subject subject(
      String name, Subject bundle, ZepadClassifier classifier, String task) {
    boolean detects = bundle.info().threshold() != null;
    return new Subject(
        bundle.info().named(name),
        images -> {
          Shape shape = images.getShape();
          Outputs outputs =
              classifier.outputs(
                  task, bytes(images), (int) shape.get(0), (int) shape.get(2), (int) shape.get(3));
          NDManager manager = images.getManager();
          return new Subject.Scores(
              manager.create(outputs.logits()),
              detects ? manager.create(outputs.scores()) : null,
              detects ? manager.create(outputs.confidences()) : null);
        },
        bundle.target());
  }

  /** Pixels in [0, 1] as bytes. */
  private static byte[] bytes(NDArray images) {
    try (NDArray scaled = images.mul(255f);
        NDArray rounded = scaled.round();
        NDArray pixels = rounded.toType(DataType.UINT8, false)) {
      return pixels.toByteArray();
    }
  }
}
