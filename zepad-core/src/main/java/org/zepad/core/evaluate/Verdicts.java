package org.zepad.core.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.zepad.api.attack.ThreatModel;

/**
 * Gives a verdict, or withholds it. A flag withholds the verdicts on the model that it concerns, a
 * flag of the undefended model or of none all of them; one of an attack those under the attack's
 * threat model. A baseline of noise need not break the victim.
 */
final class Verdicts {
  private Verdicts() {}

  /** One for each defended model, undefended model, and threat model that both were seen under. */
  static List<Verdict> of(List<Evaluated> runs, Findings findings) {
    List<Verdict> verdicts = new ArrayList<>();
    for (String a : Comparison.names(runs, false)) {
      for (String b : Comparison.names(runs, true)) {
        for (ThreatModel threatModel : ThreatModel.values()) {
          Comparison.worstCase(a, b, threatModel, runs)
              .ifPresent(comparison -> verdicts.add(verdict(comparison, runs, findings)));
        }
      }
    }
    return verdicts;
  }

  private static Verdict verdict(Comparison comparison, List<Evaluated> runs, Findings findings) {
    Set<String> raised = new TreeSet<>();
    Set<String> notRun = new TreeSet<>();
    if (findings.checks().isEmpty()) {
      raised.add(Findings.UNCHECKED);
    }
    for (Check check : findings.checks()) {
      if (concerns(check, comparison, runs)) {
        if (check.raised()) {
          raised.add(check.flag());
        } else if (check.status() == Check.Status.NOT_RUN) {
          notRun.add(check.flag());
        }
      }
    }
    counted(comparison, runs).forEach(run -> raised.addAll(flags(run.evaluation(), runs)));
    return new Verdict(
        comparison,
        Benign.of(comparison.a(), comparison.b(), runs),
        List.copyOf(raised),
        List.copyOf(notRun));
  }

  private static Collection<Evaluated> counted(Comparison comparison, List<Evaluated> runs) {
    List<Evaluated> counted =
        new ArrayList<>(Threats.of(comparison.a(), comparison.threatModel(), runs));
    counted.addAll(Threats.of(comparison.b(), comparison.threatModel(), runs));
    return counted;
  }

  private static boolean concerns(Check check, Comparison comparison, List<Evaluated> runs) {
    String subject = check.subject();
    if (subject != null && !subject.equals(comparison.a()) && !subject.equals(comparison.b())) {
      return false;
    }
    String attack = check.attack();
    // An attack that is none of the runs belongs to the checks themselves.
    return attack == null
        || runs.stream().noneMatch(run -> run.evaluation().attack().equals(attack))
        || counted(comparison, runs).stream()
            .anyMatch(run -> run.evaluation().attack().equals(attack));
  }

  private static Set<String> flags(Evaluation evaluation, List<Evaluated> runs) {
    Set<String> names = new TreeSet<>();
    for (Flag flag : evaluation.flags()) {
      boolean works =
          flag != Flag.REFERENCE_ARITHMETIC
              && (evaluation.baseline() || worksOnVictim(evaluation, runs));
      if (!works) {
        names.add(flag.name().toLowerCase(Locale.ROOT).replace('_', '-'));
      }
    }
    return names;
  }

  /** Whether the same attack, aimed at an undefended model, breaks that. */
  private static boolean worksOnVictim(Evaluation evaluation, List<Evaluated> runs) {
    return Comparison.names(runs, true).stream()
        .map(victim -> Threats.twin(evaluation, victim, runs))
        .anyMatch(
            twin ->
                twin != null
                    && !twin.evaluation().flags().contains(Flag.ATTACK_INEFFECTIVE)
                    && !twin.evaluation().flags().contains(Flag.ATTACK_UNCHECKED));
  }
}
