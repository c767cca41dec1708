package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.core.audit.Audit;
import org.zepad.core.evaluate.AttackRun;
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
   * Checks a model.
   *
   * @param task names the task in the bundle, and its data
   * @param name how the model is reported
   * @param bundle where it lies
   * @param attackers the attacks that are evaluated: universal ones are put beside noise of their
   *     size if the model is undefended, sample-wise ones have to find a planted example
   * @param thorough whether the model is attacked for it
   */
  public Findings run(
      AdaptConfig task,
      String name,
      Path bundle,
      List<MeasureStep.Attacker> attackers,
      boolean thorough) {
    try (OpenData data = OpenData.open(plugins, task.data(), settings);
        RunContext context = settings.context(Path.of("none"));
        OpenModels models =
            new OpenModels(Map.of(name, bundle), task.taskName(), plugins, context)) {
      data.leaveOutLeakedTestImages();
      Map<String, String> provenance = new HashMap<>();
      List<AttackRun> attacks =
          attackers.stream()
              .map(attacker -> Attackers.ready(attacker, models, plugins, provenance, context))
              .toList();
      Audit audit =
          new Audit(
              models.subjects(), data.testBatches(context.manager()), plugins.attacks(), context);
      Findings fast = audit.models(attacks);
      return thorough ? fast.plus(audit.thorough(attacks)) : fast;
    }
  }
}
