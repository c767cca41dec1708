package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.ThreatModel;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.core.attack.PerturbationFiles;
import org.zepad.core.attack.PerturbationInfo;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.evaluate.AttackRun;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluator;
import org.zepad.core.evaluate.FusedModel;
import org.zepad.core.evaluate.Report;
import org.zepad.core.evaluate.Reports;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.io.Sha256;
import org.zepad.core.plugin.PluginRegistry;

/** Evaluates bundles on the test images of a task, clean and under attack, into a report. */
public final class EvaluateStep {
  private final PluginRegistry plugins;
  private final Settings settings;

  /** The step over these plugins. */
  public EvaluateStep(PluginRegistry plugins, Settings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  /**
   * Evaluates.
   *
   * @param config task, test images, adaptive attacks
   * @param bundles what is evaluated, by the names under which it is reported; a bundle of the
   *     defence {@code none} is the undefended victim
   * @param perturbations crafted universal perturbations
   * @param out the report's file
   * @throws ZepadException of kind USAGE if there is nothing to evaluate
   */
  public Report run(
      EvaluateConfig config, Map<String, Path> bundles, List<Path> perturbations, Path out) {
    if (bundles.isEmpty() || (perturbations.isEmpty() && config.adaptive().isEmpty())) {
      throw ZepadException.usage(
          "evaluation needs at least one bundle, and a perturbation or an adaptive attack");
    }
    try (OpenData data = OpenData.open(plugins, config.data(), settings);
        RunContext context = settings.context(out.resolveSibling("none"))) {
      int leaked = data.leaveOutLeakedTestImages();
      Map<String, String> provenance = provenance(config, bundles, perturbations, data);
      provenance.put("test-images-left-out-as-duplicates-of-training", Integer.toString(leaked));
      List<Entry> entries = open(config, bundles, context);
      try {
        List<Subject> subjects = entries.stream().map(Entry::subject).toList();
        Evaluator evaluator = new Evaluator(context, config.batchSize());
        ImageBatches test = data.testBatches(context.manager());
        List<Evaluated> runs = new ArrayList<>();
        for (Path file : perturbations) {
          PerturbationFiles.Saved saved = PerturbationFiles.load(file, context.manager());
          runs.add(
              evaluator.evaluate(
                  subjects,
                  test,
                  new AttackRun.Universal(
                      label(file, saved.info(), perturbations.size()),
                      ThreatModel.TRANSFER,
                      saved.perturbation()),
                  config.compat()));
        }
        for (Choice choice : config.adaptive()) {
          for (Entry entry : entries) {
            runs.add(evaluator.evaluate(subjects, test, adaptive(choice, entry), config.compat()));
          }
        }
        Report report = Report.of(config.taskName(), provenance, runs);
        Reports.write(report, out);
        return report;
      } finally {
        entries.forEach(entry -> entry.bundle().close());
      }
    }
  }

  private AttackRun adaptive(Choice choice, Entry entry) {
    Attack attack = plugins.createAttack(choice.name(), choice.options());
    if (!(attack instanceof SampleAttack sample)) {
      throw ZepadException.usage(
          "attack '" + choice.name() + "' is universal; craft it with 'attack' and give its file");
    }
    return new AttackRun.PerSample(
        label(choice) + " on " + entry.subject().name(),
        entry.subject().undefended() ? ThreatModel.TRANSFER : ThreatModel.ADAPTIVE,
        sample,
        entry.model());
  }

  /** The attack; of several perturbations each with its file. */
  private static String label(Path file, PerturbationInfo info, int perturbations) {
    return perturbations == 1 ? info.attack() : info.attack() + " (" + file.getFileName() + ")";
  }

  /** The attack with the options that were set, so that two of one name can be told apart. */
  private static String label(Choice choice) {
    return choice.options().isEmpty()
        ? choice.name()
        : choice.name() + " " + new TreeMap<>(choice.options());
  }

  private record Entry(Bundle bundle, FusedModel model, Subject subject) {}

  private List<Entry> open(EvaluateConfig config, Map<String, Path> bundles, RunContext context) {
    List<Entry> entries = new ArrayList<>();
    bundles.forEach(
        (name, folder) -> {
          Bundle bundle = Bundle.open(folder, plugins, context);
          FusedModel model = bundle.model(config.taskName());
          if (isUndefended(bundle.manifest())) {
            entries.add(new Entry(bundle, model, Subject.classifier(name, true, model)));
          } else {
            DetectionThreshold threshold = bundle.threshold(config.taskName());
            entries.add(
                new Entry(
                    bundle,
                    model.withThreshold(threshold),
                    Subject.defended(name, model, threshold)));
          }
        });
    return entries;
  }

  private static boolean isUndefended(BundleManifest manifest) {
    return "none".equals(manifest.provenance().get(HardenStep.DEFENCE));
  }

  private Map<String, String> provenance(
      EvaluateConfig config, Map<String, Path> bundles, List<Path> perturbations, OpenData data) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("seed", Long.toString(settings.seed()));
    facts.put("configuration", Identity.json(config));
    facts.put("data", config.data().name());
    facts.putAll(data.testProvenance());
    bundles.forEach(
        (name, folder) ->
            facts.put(
                "bundle-" + name + "-sha256", Sha256.of(folder.resolve(BundleManifest.FILE))));
    perturbations.forEach(
        file -> facts.put("perturbation-" + file.getFileName() + "-sha256", Sha256.of(file)));
    Versions.all().forEach((name, version) -> facts.put("version-" + name, version));
    return facts;
  }
}
