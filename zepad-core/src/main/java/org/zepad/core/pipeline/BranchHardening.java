package org.zepad.core.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Defence;
import org.zepad.core.plugin.PluginRegistry;

/**
 * Hardens the branches of a bundle: those with a hardening of their own by that alone, the others
 * together by the bundle's defence.
 */
final class BranchHardening {
  private final Map<String, Defence> own = new LinkedHashMap<>();
  private final Defence shared;

  /**
   * Makes every defence, so that a wrong name or option is told before the work starts.
   *
   * @throws ZepadException of kind USAGE for a defence or option that does not exist, for options
   *     of a hardening that is not named, and for two branches of one name
   */
  BranchHardening(HardenConfig config, PluginRegistry plugins) {
    long names = config.branches().stream().map(BranchConfig::name).distinct().count();
    if (names < config.branches().size()) {
      throw ZepadException.usage("two branches have the same name; name each by 'name'");
    }
    shared = plugins.createDefence(config.defence().name(), config.defence().options());
    for (BranchConfig branch : config.branches()) {
      Choice hardening = branch.hardening();
      if (branch.hardensItself()) {
        own.put(branch.name(), plugins.createDefence(hardening.name(), hardening.options()));
      } else if (!hardening.options().isEmpty()) {
        throw ZepadException.usage(
            "the hardening of branch '"
                + branch.name()
                + "' has options and no name; name the defence that they are of");
      }
    }
  }

  /**
   * The hardened branches.
   *
   * @param request every source, in order
   * @return in the order of the sources; a branch that is not named as its source is, at the end
   */
  List<Branch> harden(Defence.Request request) {
    List<Branch> together = new ArrayList<>();
    Map<String, List<Branch>> made = new LinkedHashMap<>();
    for (Branch source : request.sources()) {
      made.put(source.name(), new ArrayList<>());
      if (!own.containsKey(source.name())) {
        together.add(source);
      }
    }
    if (!together.isEmpty()) {
      place(shared.harden(with(together, request)), made);
    }
    for (Branch source : request.sources()) {
      Defence defence = own.get(source.name());
      if (defence != null) {
        place(defence.harden(with(List.of(source), request)), made);
      }
    }
    return made.values().stream().flatMap(List::stream).toList();
  }

  private static void place(List<Branch> hardened, Map<String, List<Branch>> made) {
    for (Branch branch : hardened) {
      made.computeIfAbsent(branch.name(), name -> new ArrayList<>()).add(branch);
    }
  }

  private static Defence.Request with(List<Branch> sources, Defence.Request request) {
    return new Defence.Request(
        sources, request.train(), request.validation(), request.attacks(), request.context());
  }
}
