package org.zepad.core.evaluate;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.ThreatModel;

/**
 * The figures of models under one attack.
 *
 * @param attack its name
 * @param threatModel what the attacker holds
 * @param knowledge what the attack needs; {@link Knowledge#NOTHING} marks a baseline of noise,
 *     which need not break anything
 * @param budget how much it may change an image
 * @param aimedAt the model that it was made against; null if that is none of these, or the public
 *     victim that a perturbation was crafted on
 * @param arithmetic how attacked images and figures were made
 * @param images how many test images
 * @param classes how many classes
 * @param figures one for each subject, in the order in which they were given
 * @param flags what must be known before believing it, in the order of their declaration
 */
public record Evaluation(
    String attack,
    ThreatModel threatModel,
    Knowledge knowledge,
    Budget budget,
    @Nullable String aimedAt,
    Arithmetic arithmetic,
    int images,
    int classes,
    List<Figures> figures,
    Set<Flag> flags) {
  public Evaluation {
    figures = List.copyOf(figures);
    flags = Collections.unmodifiableSet(new TreeSet<>(flags));
  }

  /**
   * Counts what was measured; needs no model, so stored measurements can be counted again.
   *
   * @param measured what each model said, at least one, all of the same images
   * @param batchSize images a batch, of which reference arithmetic takes means
   */
  public static Evaluation of(
      String attack,
      ThreatModel threatModel,
      Knowledge knowledge,
      Budget budget,
      @Nullable String aimedAt,
      Arithmetic arithmetic,
      int batchSize,
      List<Measured> measured) {
    List<Figures> figures =
        measured.stream().map(m -> FiguresOf.measured(m, arithmetic, batchSize)).toList();
    return new Evaluation(
        attack,
        threatModel,
        knowledge,
        budget,
        aimedAt,
        arithmetic,
        measured.get(0).clean().size(),
        measured.get(0).clean().classes(),
        figures,
        flags(figures, threatModel, aimedAt, arithmetic));
  }

  /** Whether it is noise, beside which attacks are put. */
  public boolean baseline() {
    return knowledge == Knowledge.NOTHING;
  }

  private static Set<Flag> flags(
      List<Figures> figures,
      ThreatModel threatModel,
      @Nullable String aimedAt,
      Arithmetic arithmetic) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    if (arithmetic == Arithmetic.REFERENCE) {
      flags.add(Flag.REFERENCE_ARITHMETIC);
    }
    List<Figures> victims = figures.stream().filter(Figures::undefended).toList();
    // An attack that breaks the very model it aims at works, whatever becomes of the victim.
    boolean works =
        figures.stream()
            .filter(f -> f.undefended() || f.name().equals(aimedAt))
            .anyMatch(Evaluation::broken);
    if (!works) {
      // An attack that aims at the defence itself owes nothing to the victim.
      boolean aimsAtVictim = threatModel == ThreatModel.TRANSFER && !victims.isEmpty();
      flags.add(aimsAtVictim ? Flag.ATTACK_INEFFECTIVE : Flag.ATTACK_UNCHECKED);
    }
    return flags;
  }

  private static boolean broken(Figures model) {
    return model.misledAmongRight().value() >= Flag.LEAST_MISLED
        && model.robustAccuracy().high() < model.benignAccuracy().low();
  }
}
