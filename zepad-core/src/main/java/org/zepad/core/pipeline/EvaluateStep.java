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
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.ThreatModel;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.core.attack.PerturbationFiles;
import org.zepad.core.attack.PerturbationInfo;
import org.zepad.core.audit.Audit;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.evaluate.AttackRun;
import org.zepad.core.evaluate.BenignShift;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluator;
import org.zepad.core.evaluate.Findings;
import org.zepad.core.evaluate.FusedModel;
import org.zepad.core.evaluate.Report;
import org.zepad.core.evaluate.Reports;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.evaluate.SubjectInfo;
import org.zepad.core.io.Sha256;
import org.zepad.core.plugin.PluginKind;
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
        List<AttackRun> attacks = new ArrayList<>();
        for (Path file : perturbations) {
          PerturbationFiles.Saved saved = PerturbationFiles.load(file, context.manager());
          attacks.add(universal(file, saved, perturbations.size(), entries));
        }
        for (Choice choice : config.adaptive()) {
          entries.forEach(entry -> attacks.add(adaptive(choice, entry)));
        }
        List<Evaluated> runs = new ArrayList<>();
        for (AttackRun attack : attacks) {
          runs.add(evaluator.evaluate(subjects, test, attack, config.compat()));
        }
        Audit audit = new Audit(subjects, test, plugins.attacks(), context);
        Findings findings = audit.fast(attacks, runs);
        if (config.audit()) {
          findings = findings.plus(audit.thorough(attacks, runs));
        }
        findings = findings.plus(others(config, audit, context));
        Report report = Report.of(config.taskName(), provenance, runs, findings);
        Reports.write(report, out);
        return report;
      } finally {
        entries.forEach(entry -> entry.bundle().close());
      }
    }
  }

  private AttackRun universal(
      Path file, PerturbationFiles.Saved saved, int perturbations, List<Entry> entries) {
    PerturbationInfo info = saved.info();
    String hardened = VictimOf.hardened(info, bundles(entries)).orElse(null);
    return new AttackRun.Universal(
        label(file, info, perturbations),
        hardened == null ? ThreatModel.TRANSFER : ThreatModel.GRAY,
        knowledge(info.attack()),
        saved.perturbation(),
        hardened);
  }

  private static Map<String, BundleManifest> bundles(List<Entry> entries) {
    Map<String, BundleManifest> bundles = new LinkedHashMap<>();
    entries.forEach(entry -> bundles.put(entry.subject().name(), entry.bundle().manifest()));
    return bundles;
  }

  /** What an attack needs; of one whose plugin is gone, that it was optimised on an encoder. */
  private Knowledge knowledge(String attack) {
    return plugins.plugins().stream()
            .anyMatch(p -> p.kind() == PluginKind.ATTACK && p.name().equals(attack))
        ? plugins.attack(attack).knowledge()
        : Knowledge.ENCODER;
  }

  private AttackRun adaptive(Choice choice, Entry entry) {
    Attack attack = plugins.createAttack(choice.name(), choice.options());
    if (!(attack instanceof SampleAttack sample)) {
      throw ZepadException.usage(
          "attack '" + choice.name() + "' is universal; craft it with 'attack' and give its file");
    }
    SubjectInfo subject = entry.subject().info();
    return new AttackRun.PerSample(
        label(choice) + " on " + subject.name(),
        subject.undefended() ? ThreatModel.TRANSFER : ThreatModel.ADAPTIVE,
        plugins.attack(choice.name()).knowledge(),
        sample,
        entry.model(),
        subject.name());
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

  private record Entry(Bundle bundle, FusedModel model, Subject subject) {}

  private List<Entry> open(EvaluateConfig config, Map<String, Path> bundles, RunContext context) {
    List<Entry> entries = new ArrayList<>();
    bundles.forEach(
        (name, folder) -> {
          Bundle bundle = Bundle.open(folder, plugins, context);
          FusedModel model = bundle.model(config.taskName());
          if (VictimOf.isUndefended(bundle.manifest())) {
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
