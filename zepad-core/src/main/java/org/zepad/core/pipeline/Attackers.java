package org.zepad.core.pipeline;

import org.zepad.api.ZepadException;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.SampleAttack;
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

  /** What an attack needs; of one whose plugin is gone, that it was optimised on an encoder. */
  static Knowledge knowledge(String attack, PluginRegistry plugins) {
    return plugins.plugins().stream()
            .anyMatch(p -> p.kind() == PluginKind.ATTACK && p.name().equals(attack))
        ? plugins.attack(attack).knowledge()
        : Knowledge.ENCODER;
  }
}
