package org.zepad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.core.pipeline.PredictStep;
import org.zepad.core.pipeline.Prediction;
import org.zepad.core.pipeline.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Classifies pictures. */
@Command(
    name = "predict",
    description =
        "Classify picture files with a bundle, and flag those that look like adversarial examples."
            + " A line each; with --json one JSON list.",
    sortOptions = false)
final class PredictCommand implements Runnable {
  private final GlobalOptions options;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      required = true,
      description = "An adapted bundle.")
  private Path bundle = Path.of("");

  @Option(
      names = "--task",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The task, if the bundle has several.")
  private String task = "";

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Pictures of any size.")
  private List<Path> files = new ArrayList<>();

  PredictCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    Long seed = options.seed();
    Settings settings =
        new Settings(seed == null ? 1 : seed, options.device(), options.data(), options.progress());
    List<Prediction> predictions = new ArrayList<>();
    new PredictStep(options.registry(), settings)
        .run(
            bundle,
            task,
            files,
            prediction -> {
              predictions.add(prediction);
              if (!options.json()) {
                options.out().println(line(prediction));
                options.out().flush();
              }
            });
    if (options.json()) {
      options.out().println(Json.text(predictions.stream().map(PredictCommand::toMap).toList()));
    }
    long unreadable = predictions.stream().filter(p -> p.problem() != null).count();
    if (unreadable > 0) {
      throw ZepadException.input(
          unreadable + " of " + files.size() + " pictures could not be read.");
    }
  }

  private static String line(Prediction prediction) {
    if (prediction.problem() != null) {
      return prediction.file() + ": " + prediction.problem();
    }
    return String.format(
        Locale.ROOT,
        "%s: %s, probability %.3f, detection score %.3f%s",
        prediction.file(),
        prediction.className(),
        prediction.probability(),
        prediction.detectionScore(),
        prediction.flagged() ? ", FLAGGED as adversarial" : "");
  }

  private static Map<String, Object> toMap(Prediction prediction) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", prediction.file().toString());
    if (prediction.problem() != null) {
      map.put("problem", prediction.problem());
      return map;
    }
    map.put("class", prediction.className());
    map.put("probability", prediction.probability());
    map.put("confidences", prediction.confidences());
    map.put("detectionScore", prediction.detectionScore());
    map.put("flagged", prediction.flagged());
    return map;
  }
}
