package org.zepad.core.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.core.attack.PerturbationFiles;
import org.zepad.core.audit.Audit;
import org.zepad.core.encoder.EncoderFiles;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Findings;
import org.zepad.core.evaluate.FindingsFile;
import org.zepad.core.evaluate.Report;
import org.zepad.core.harden.TuningHistory;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.pipeline.BranchConfig;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.core.report.Csv;
import org.zepad.core.report.Element;
import org.zepad.core.report.Html;

/** Puts the cells of an experiment together and writes its reports. */
final class ExperimentWriter {
  private final Settings settings;
  private final Grid grid;
  private final List<Job> plan;
  private final ExperimentFolder folder;

  ExperimentWriter(Settings settings, Grid grid, List<Job> plan, ExperimentFolder folder) {
    this.settings = settings;
    this.grid = grid;
    this.plan = plan;
    this.folder = folder;
  }

  ExperimentResult write() {
    Collector collector = new Collector(folder, grid.batchSize());
    collector.collect(plan);
    Summary summary = new Summary();
    Duel.Counter duels = new Duel.Counter();
    List<ExperimentResult.Group> groups = new ArrayList<>();
    for (Collector.Key key : collector.keys()) {
      Map<String, List<Evaluated>> byAttack = collector.evaluated(key);
      List<Evaluated> runs = byAttack.values().stream().flatMap(List::stream).toList();
      Report report = Report.of(key.task(), collector.provenance(key), runs, findings(key, runs));
      summary.add(key, byAttack, report);
      duels.add(key, report, runs);
      groups.add(new ExperimentResult.Group(key.seed(), key.victim(), report));
    }
    ExperimentResult result =
        new ExperimentResult(groups, summary.rows(), duels.duels(), collector.missing());
    List<Element> examples =
        collector.keys().stream()
            .filter(key -> key.seed() == grid.seeds().get(0))
            .flatMap(key -> collector.examples(key).stream())
            .toList();
    write(result, examples);
    return result;
  }

  private void write(ExperimentResult result, List<Element> examples) {
    Path root = folder.root();
    AtomicFiles.writeText(
        root.resolve("summary.csv"), Csv.render(ExperimentTables.summary(result)));
    AtomicFiles.writeText(root.resolve("cells.csv"), Csv.render(ExperimentTables.cells(result)));
    AtomicFiles.writeText(
        root.resolve("report.html"),
        Html.render(
            ExperimentPage.of(
                result, settings.command(), yaml(), histories(), examples, pictures())));
    AtomicFiles.writeText(
        root.resolve("report.json"), ExperimentReport.json(settings.command(), grid, result));
  }

  /** What the audits of a group's models found; nothing before they were made. */
  private Findings findings(Collector.Key key, List<Evaluated> runs) {
    Findings all = Findings.none();
    List<String> models = new ArrayList<>();
    for (Job job : plan) {
      if (job instanceof Job.Audit audit
          && audit.seed() == key.seed()
          && audit.victim().equals(key.victim())
          && audit.model().config().taskName().equals(key.task())
          && folder.done(audit)) {
        all = all.plus(FindingsFile.read(folder.audit(audit)));
        models.add(audit.model().bundle().defence());
      }
    }
    return all.plus(Audit.measured(models, runs));
  }

  /**
   * Those of the first seed, since the others look the same. Bundles that share a branch share its
   * history: it is shown once.
   */
  private Map<String, String> histories() {
    Map<String, String> byHistory = new LinkedHashMap<>();
    for (Job job : plan) {
      if (job instanceof Job.Harden harden
          && harden.seed() == grid.seeds().get(0)
          && folder.done(harden)) {
        for (BranchConfig branch : harden.config().branches()) {
          Path file =
              folder.bundle(harden).resolve("encoders").resolve(branch.name() + ".safetensors");
          EncoderFiles.info(file)
              .map(info -> info.provenance().get(TuningHistory.KEY))
              .ifPresent(
                  history ->
                      byHistory.putIfAbsent(
                          history,
                          "%s, branch %s, seed %d"
                              .formatted(harden.defence(), branch.name(), harden.seed())));
        }
      }
    }
    Map<String, String> histories = new LinkedHashMap<>();
    byHistory.forEach((history, name) -> histories.put(name, history));
    return histories;
  }

  private Map<String, Path> pictures() {
    Map<String, Path> pictures = new LinkedHashMap<>();
    for (Job job : plan) {
      if (job instanceof Job.Craft craft) {
        pictures.put(
            craft.id().replaceFirst("^craft-", "").replaceFirst("-[0-9a-f]+$", ""),
            PerturbationFiles.picture(folder.perturbation(craft)));
      }
    }
    return pictures;
  }

  /** The grid with all its defaults. */
  private String yaml() {
    try {
      YAMLFactory yaml =
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .build();
      return new ObjectMapper(yaml).writeValueAsString(OptionsBinder.toMap(grid));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can always be written", e);
    }
  }
}
