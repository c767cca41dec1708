package org.zepad.core.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.metrics.McNemar;
import org.zepad.core.metrics.Rate;

/**
 * Two models on the same attacked images, image by image. Under adaptive attacks each is attacked
 * by itself, with everything in hand; see {@link #worstCase}. It holds for these two models; that
 * one way of making models beats another takes several seeds besides.
 *
 * @param a one model
 * @param b the other
 * @param attack the attack; null for the worst of all under the threat model
 * @param threatModel what the attacker holds
 * @param robustA the accuracy of a
 * @param robustB the accuracy of b
 * @param onlyA images that a alone classifies rightly
 * @param onlyB images that b alone classifies rightly
 * @param p of McNemar's exact test, two-sided
 */
public record Comparison(
    String a,
    String b,
    @Nullable String attack,
    ThreatModel threatModel,
    Rate robustA,
    Rate robustB,
    int onlyA,
    int onlyB,
    double p) {

  /** The level at which a difference counts as one. */
  public static final double LEVEL = 0.05;

  /** Whether a is better by more than chance. */
  public boolean aIsBetter() {
    return onlyA > onlyB && p < LEVEL;
  }

  /** Whether b is better by more than chance. */
  public boolean bIsBetter() {
    return onlyB > onlyA && p < LEVEL;
  }

  /**
   * Two models under the worst, for each image, of the attacks of a threat model: for transfer and
   * gray the same attacks, for adaptive those that aim at either model.
   *
   * @return empty if one of them has no such run
   */
  public static Optional<Comparison> worstCase(
      String a, String b, ThreatModel threatModel, List<Evaluated> runs) {
    List<Evaluated> ofA = Threats.of(a, threatModel, runs);
    List<Evaluated> ofB = Threats.of(b, threatModel, runs);
    if (threatModel != ThreatModel.ADAPTIVE) {
      // More attacks on one of the two would flatter the other.
      ofA = ofA.stream().filter(run -> Threats.measures(run, b)).toList();
      ofB = ofA;
    }
    return ofA.isEmpty() || ofB.isEmpty()
        ? Optional.empty()
        : Optional.of(of(a, b, null, threatModel, ofA, ofB));
  }

  /**
   * Every defended model beside every undefended one: under each attack, and in the worst case of
   * each threat model. An adaptive attack is put beside the same attack on the undefended model.
   */
  public static List<Comparison> all(List<Evaluated> runs) {
    List<Comparison> all = new ArrayList<>();
    for (String a : names(runs, false)) {
      for (String b : names(runs, true)) {
        for (Evaluated run : runs) {
          each(a, b, run, runs).ifPresent(all::add);
        }
        for (ThreatModel threatModel : ThreatModel.values()) {
          worstCase(a, b, threatModel, runs).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private static Optional<Comparison> each(
      String a, String b, Evaluated run, List<Evaluated> runs) {
    Evaluation evaluation = run.evaluation();
    if (Threats.of(a, evaluation.threatModel(), List.of(run)).isEmpty()) {
      return Optional.empty();
    }
    Evaluated beside =
        evaluation.threatModel() == ThreatModel.ADAPTIVE ? Threats.twin(evaluation, b, runs) : run;
    return beside == null
        ? Optional.empty()
        : Optional.of(
            of(a, b, evaluation.attack(), evaluation.threatModel(), List.of(run), List.of(beside)));
  }

  private static Comparison of(
      String a,
      String b,
      @Nullable String attack,
      ThreatModel threatModel,
      List<Evaluated> ofA,
      List<Evaluated> ofB) {
    boolean[] rightA = WorstCase.withstood(a, ofA);
    boolean[] rightB = WorstCase.withstood(b, ofB);
    McNemar test = McNemar.of(rightA, rightB);
    return new Comparison(
        a,
        b,
        attack,
        threatModel,
        WorstCase.rate(rightA),
        WorstCase.rate(rightB),
        test.onlyFirst(),
        test.onlySecond(),
        test.pValue());
  }

  /** The names of the models, undefended or defended, in the order in which they were given. */
  static List<String> names(List<Evaluated> runs, boolean undefended) {
    return subjects(runs)
        .filter(subject -> subject.undefended() == undefended)
        .map(SubjectInfo::name)
        .distinct()
        .toList();
  }

  private static Stream<SubjectInfo> subjects(List<Evaluated> runs) {
    return runs.stream().flatMap(run -> run.measured().stream()).map(Measured::subject);
  }
}
