package org.zepad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.core.pipeline.PerturbStep;
import org.zepad.core.pipeline.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Applies a perturbation to pictures. */
@Command(
    name = "apply",
    description =
        "Apply a perturbation to picture files of any size, into PNG files of the same size. To"
            + " attack the test images of a data set, give the perturbation to 'evaluate'.",
    sortOptions = false)
final class PerturbationsApplyCommand implements Runnable {
  private final GlobalOptions options;

  @Option(
      names = "--perturbation",
      paramLabel = "FILE",
      required = true,
      description = "The perturbation.")
  private Path perturbation = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the perturbed pictures.")
  private Path out = Path.of("");

  @Parameters(paramLabel = "PICTURE", arity = "1..*", description = "Pictures of any size.")
  private List<Path> pictures = new ArrayList<>();

  PerturbationsApplyCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    Settings settings = new Settings(1, options.device(), options.data(), options.progress());
    List<PerturbStep.Perturbed> results = new ArrayList<>();
    new PerturbStep(settings).run(perturbation, pictures, out, results::add);
    if (options.json()) {
      options
          .out()
          .println(Json.text(results.stream().map(PerturbationsApplyCommand::toMap).toList()));
    } else {
      results.forEach(one -> options.out().println(line(one)));
    }
    long unreadable = results.stream().filter(one -> one.problem() != null).count();
    if (unreadable > 0) {
      throw ZepadException.input(
          unreadable + " of " + pictures.size() + " pictures could not be perturbed.");
    }
  }

  private static String line(PerturbStep.Perturbed one) {
    return one.problem() == null
        ? one.file() + " -> " + one.out()
        : one.file() + ": " + one.problem();
  }

  private static Map<String, Object> toMap(PerturbStep.Perturbed one) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", one.file().toString());
    if (one.problem() == null) {
      map.put("perturbed", String.valueOf(one.out()));
    } else {
      map.put("problem", one.problem());
    }
    return map;
  }
}
