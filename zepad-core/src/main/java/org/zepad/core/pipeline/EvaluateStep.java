package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.ThreatModel;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.core.attack.PerturbationFiles;
import org.zepad.core.attack.PerturbationInfo;
import org.zepad.core.audit.Audit;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.evaluate.AttackRun;
import org.zepad.core.evaluate.BenignShift;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluator;
import org.zepad.core.evaluate.Findings;
import org.zepad.core.evaluate.Report;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.io.Sha256;
import org.zepad.core.io.WorkLock;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.present.Context;

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
   * @param out the report's file; beside it the same as {@code .csv} and {@code .html}
   * @throws ZepadException of kind USAGE if there is nothing to evaluate, of kind ENVIRONMENT if
   *     another process works on the report
   */
  public Report run(
      EvaluateConfig config, Map<String, Path> bundles, List<Path> perturbations, Path out) {
    if (bundles.isEmpty() || (perturbations.isEmpty() && config.adaptive().isEmpty())) {
      throw ZepadException.usage(
          "evaluation needs at least one bundle, and a perturbation or an adaptive attack");
    }
    try (WorkLock lock = WorkLock.of(out);
        OpenData data = OpenData.open(plugins, config.data(), settings);
        RunContext context = settings.context(out.resolveSibling("none"))) {
      int leaked = data.leaveOutLeakedTestImages();
      Map<String, String> provenance = provenance(config, bundles, perturbations, data);
      provenance.put("test-images-left-out-as-duplicates-of-training", Integer.toString(leaked));
      try (OpenModels models = new OpenModels(bundles, config.taskName(), plugins, context)) {
        List<Subject> subjects = models.subjects();
        Evaluator evaluator = new Evaluator(context, config.batchSize());
        ImageBatches test = data.testBatches(context.manager());
        List<AttackRun> attacks = new ArrayList<>();
        for (Path file : perturbations) {
          PerturbationFiles.Saved saved = PerturbationFiles.load(file, context.manager());
          attacks.add(universal(file, saved, perturbations.size(), models));
        }
        for (Choice choice : config.adaptive()) {
          models.models().forEach(model -> attacks.add(adaptive(choice, model)));
        }
        List<Evaluated> runs = new ArrayList<>();
        for (AttackRun attack : attacks) {
          runs.add(evaluator.evaluate(subjects, test, attack, config.compat()));
        }
        Audit audit = new Audit(subjects, test, plugins.attacks(), context);
        Findings findings = audit.fast(attacks, runs);
        if (config.audit()) {
          findings = findings.plus(audit.thorough(attacks));
        }
        findings = findings.plus(others(config, audit, context));
        Report report = Report.of(config.taskName(), provenance, runs, findings);
        ReportFiles.write(
            report,
            runs,
            new Context(
                data.classes(), ReportFiles.histories(models), ReportFiles.pictures(perturbations)),
            out);
        return report;
      }
    }
  }

  private AttackRun universal(
      Path file, PerturbationFiles.Saved saved, int perturbations, OpenModels models) {
    PerturbationInfo info = saved.info();
    String hardened = VictimOf.hardened(info, models.manifests()).orElse(null);
    return new AttackRun.Universal(
        label(file, info, perturbations),
        hardened == null ? ThreatModel.TRANSFER : ThreatModel.GRAY,
        Attackers.knowledge(info.attack(), plugins),
        saved.perturbation(),
        hardened);
  }

  private AttackRun adaptive(Choice choice, OpenModels.Model model) {
    SampleAttack attack = Attackers.sampleWise(choice, plugins);
    return new AttackRun.PerSample(
        label(choice) + " on " + model.name(),
        model.subject().info().undefended() ? ThreatModel.TRANSFER : ThreatModel.ADAPTIVE,
        Attackers.knowledge(choice.name(), plugins),
        attack,
        model.fused(),
        model.name());
  }

  private Findings others(EvaluateConfig config, Audit audit, RunContext context) {
    List<BenignShift> shifts = new ArrayList<>();
    for (DataConfig other : config.others()) {
      try (OpenData data = OpenData.open(plugins, other, settings)) {
        shifts.addAll(audit.otherData(other.name(), data.testBatches(context.manager())));
      }
    }
    return new Findings(List.of(), List.of(), shifts);
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

  private Map<String, String> provenance(
      EvaluateConfig config, Map<String, Path> bundles, List<Path> perturbations, OpenData data) {
    Map<String, String> facts = new LinkedHashMap<>();
    if (!settings.command().isEmpty()) {
      facts.put("command", settings.command());
    }
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
