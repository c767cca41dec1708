package org.zepad.api.defence;

import java.util.List;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Attack;
import org.zepad.api.dataset.ImageBatches;

/** Turns encoders into the branches that serve every downstream task. */
public interface Defence {

  /**
   * Hardens once, for all tasks.
   *
   * @return the branches that are deployed, in a fixed order, at least one; their encoders belong
   *     to the request's context, those that need no hardening may be the given ones
   */
  List<Branch> harden(Request request);

  /**
   * What a defence works on.
   *
   * @param sources the encoders as published, in the order of the configuration; the first is the
   *     victim; not changed
   * @param train labelled tuning images
   * @param validation labelled images carved out of the training split, for choosing; the test
   *     split is not at hand
   * @param attacks makes attacks by name
   * @param context seed, progress, checkpoint, scope
   */
  record Request(
      List<Branch> sources,
      ImageBatches train,
      ImageBatches validation,
      Attacks attacks,
      RunContext context) {
    public Request {
      sources = List.copyOf(sources);
    }
  }

  /** Makes attacks by name. */
  @FunctionalInterface
  interface Attacks {
    /**
     * An attack of the registry.
     *
     * @param options kebab-case names to values; absent ones take their defaults
     * @throws org.zepad.api.ZepadException of kind USAGE for an unknown name or option
     */
    Attack attack(String name, Map<String, Object> options);
  }
}
