package org.zepad.core.harden;

import java.util.List;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.defence.Defence;
import org.zepad.api.encoder.Encoder;

/** How a defence changes one encoder. */
@FunctionalInterface
interface Tuner {

  /**
   * Changes an encoder in place.
   *
   * @param name names it to a person
   * @param encoder changed
   * @param request data and attacks; its context is not used
   * @param context seed, progress and checkpoint of this encoder's tuning
   */
  Tuned tune(String name, Encoder encoder, Defence.Request request, RunContext context);

  /** The plain kind: one recipe in one stage. */
  static Tuner of(RecipeMaker maker) {
    return (name, encoder, request, context) -> {
      Recipe recipe = maker.recipe(request.attacks());
      FineTuningOutcome outcome =
          new AdversarialFineTuning(recipe)
              .tune(name, encoder, request.train(), request.validation(), context);
      return new Tuned(List.of(outcome), Map.of());
    };
  }

  /** Makes a recipe once attacks are at hand. */
  @FunctionalInterface
  interface RecipeMaker {
    /**
     * The recipe.
     *
     * @throws org.zepad.api.ZepadException of kind USAGE for an attack that cannot be made
     */
    Recipe recipe(Defence.Attacks attacks);
  }

  /**
   * What tuning came to.
   *
   * @param stages the outcome of each stage, at least one
   * @param facts for the encoder's provenance, beyond those of every tuning
   */
  record Tuned(List<FineTuningOutcome> stages, Map<String, String> facts) {
    public Tuned {
      stages = List.copyOf(stages);
      facts = Map.copyOf(facts);
    }
  }
}
