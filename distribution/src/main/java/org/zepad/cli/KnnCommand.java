package org.zepad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.core.pipeline.KnnConfig;
import org.zepad.core.pipeline.KnnResult;
import org.zepad.core.pipeline.KnnStep;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Judges encoders by k-NN. */
@Command(
    name = "knn",
    description =
        "Judge encoders by the k-NN accuracy of their features on test images, beside an untrained"
            + " encoder and the raw pixels.",
    sortOptions = false)
final class KnnCommand extends StepCommand<KnnConfig> {
  @Option(
      names = "--encoder",
      paramLabel = "FILE",
      required = true,
      description =
          "An encoder: zoo:METHOD, a file of ours, a public checkpoint. May be given several times.")
  private List<String> encoders = new ArrayList<>();

  KnnCommand(GlobalOptions options) {
    super(options, KnnConfig.class, Map.of("--dataset", "data"));
  }

  @Override
  void run(KnnConfig configuration, PluginRegistry registry, Settings settings) {
    KnnResult result = new KnnStep(registry, settings).run(configuration, encoders);
    if (options().json()) {
      options().out().println(Json.text(toMap(result)));
      return;
    }
    Table table = new Table();
    result.accuracies().forEach((name, rate) -> table.row(List.of(name, Results.percent(rate))));
    options().out().print(table);
    options()
        .out()
        .printf(
            "k-NN accuracy with 95%% intervals; neighbours from %d training images of %s%n",
            result.trainingImages(), configuration.data().name());
  }

  private static Map<String, Object> toMap(KnnResult result) {
    List<Map<String, Object>> accuracies = new ArrayList<>();
    result
        .accuracies()
        .forEach(
            (name, rate) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("encoder", name);
              row.put("accuracy", rate.value());
              row.put("low", rate.low());
              row.put("high", rate.high());
              row.put("images", rate.total());
              accuracies.add(row);
            });
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("accuracies", accuracies);
    map.put("trainingImages", result.trainingImages());
    map.put("leakedTestImages", result.leakedTestImages());
    map.put("seed", result.seed());
    return map;
  }
}
