package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.attack.PerturbationFiles;
import org.zepad.core.audit.Audit;
import org.zepad.core.evaluate.AttackRun;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Findings;
import org.zepad.core.plugin.PluginRegistry;

/** Checks models that were measured already, and what was measured. */
public final class AuditStep {
  private final PluginRegistry plugins;
  private final Settings settings;

  /** The step over these plugins. */
  public AuditStep(PluginRegistry plugins, Settings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  /**
   * Checks.
   *
   * @param task names the task in the bundles, and its data
   * @param bundles what was measured, by the names under which it is reported
   * @param perturbations the perturbations crafted against the public victim, by the attack's name
   * @param runs what was measured
   * @param thorough whether models are attacked for it
   */
  public Findings run(
      AdaptConfig task,
      Map<String, Path> bundles,
      Map<String, Path> perturbations,
      List<Evaluated> runs,
      boolean thorough) {
    try (OpenData data = OpenData.open(plugins, task.data(), settings);
        RunContext context = settings.context(Path.of("none"));
        OpenModels models = new OpenModels(bundles, task.taskName(), plugins, context)) {
      data.leaveOutLeakedTestImages();
      List<AttackRun> attacks = new ArrayList<>();
      perturbations.forEach(
          (name, file) -> {
            PerturbationFiles.Saved saved = PerturbationFiles.load(file, context.manager());
            attacks.add(
                new AttackRun.Universal(
                    name,
                    ThreatModel.TRANSFER,
                    Attackers.knowledge(saved.info().attack(), plugins),
                    saved.perturbation(),
                    null));
          });
      Audit audit =
          new Audit(
              models.subjects(), data.testBatches(context.manager()), plugins.attacks(), context);
      Findings fast = audit.fast(attacks, runs);
      return thorough ? fast.plus(audit.thorough(attacks, runs)) : fast;
    }
  }
}
