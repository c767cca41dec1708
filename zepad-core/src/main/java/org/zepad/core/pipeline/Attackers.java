package org.zepad.core.pipeline;

import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.SampleAttack;
import org.zepad.core.attack.PerturbationFiles;
import org.zepad.core.evaluate.AttackRun;
import org.zepad.core.io.Sha256;
import org.zepad.core.plugin.PluginKind;
import org.zepad.core.plugin.PluginRegistry;

/** What evaluations ask of attack plugins. */
final class Attackers {
  private Attackers() {}

  /**
   * The sample-wise attack of a choice.
   *
   * @throws ZepadException of kind USAGE if it is a universal one
   */
  static SampleAttack sampleWise(Choice choice, PluginRegistry plugins) {
    if (plugins.createAttack(choice.name(), choice.options()) instanceof SampleAttack sample) {
      return sample;
    }
    throw ZepadException.usage(
        "attack '" + choice.name() + "' is universal; craft it with 'attack' and give its file");
  }

  /**
   * An attack, made ready.
   *
   * @param models among them the one that a sample-wise attack aims at
   * @param provenance gets what a perturbation is
   * @param context a perturbation belongs to its scope
   */
  static AttackRun ready(
      MeasureStep.Attacker attacker,
      OpenModels models,
      PluginRegistry plugins,
      Map<String, String> provenance,
      RunContext context) {
    if (attacker instanceof MeasureStep.Attacker.Crafted crafted) {
      PerturbationFiles.Saved saved = PerturbationFiles.load(crafted.file(), context.manager());
      provenance.put("perturbation-sha256", Sha256.of(crafted.file()));
      return new AttackRun.Universal(
          crafted.name(),
          crafted.threatModel(),
          knowledge(saved.info().attack(), plugins),
          saved.perturbation(),
          crafted.model());
    }
    MeasureStep.Attacker.Sampled sampled = (MeasureStep.Attacker.Sampled) attacker;
    Choice choice = sampled.attack();
    return new AttackRun.PerSample(
        sampled.name(),
        sampled.threatModel(),
        knowledge(choice.name(), plugins),
        sampleWise(choice, plugins),
        models.model(sampled.model()).fused(),
        sampled.model());
  }

  /** What an attack needs; of one whose plugin is gone, that it was optimised on an encoder. */
  static Knowledge knowledge(String attack, PluginRegistry plugins) {
    return plugins.plugins().stream()
            .anyMatch(p -> p.kind() == PluginKind.ATTACK && p.name().equals(attack))
        ? plugins.attack(attack).knowledge()
        : Knowledge.ENCODER;
  }
}
