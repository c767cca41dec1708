package org.zepad.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.metrics.Outcomes;
import org.zepad.core.metrics.Rate;

/** Two models on twenty images by hand: the first so many of them withstand an attack. */
class VerdictsTest {
  private static final int IMAGES = 20;
  private static final Check PASSED =
      Check.of("randomised", "zepad", null, false, 0, 0, "All the same.");

  @Test
  void aClearLeadIsAVerdictWithItsFigures() {
    Report report = report(List.of(transfer(12, 2)), PASSED);
    assertThat(report.comparisons()).hasSize(2);
    Comparison worst = report.comparisons().get(1);
    assertThat(worst.attack()).isNull();
    assertThat(worst.robustA()).isEqualTo(new Rate(12, IMAGES));
    // Ten images that one of them alone gets right: 2 / 2^10.
    assertThat(worst.p()).isCloseTo(2.0 / 1024, within(1e-12));
    assertThat(report.verdicts())
        .extracting(Verdict::text)
        .containsExactly(
            "zepad keeps benign accuracy (100.0 vs 100.0, McNemar p = 1.000) and is more robust"
                + " than undefended under transfer (60.0 vs 10.0, McNemar p = 0.002)");
  }

  @Test
  void aSmallLeadIsNone() {
    assertThat(text(report(List.of(transfer(6, 2)), PASSED))).contains("is not more robust than");
    assertThat(text(report(List.of(transfer(0, 10)), PASSED))).contains("is less robust than");
  }

  @Test
  void withoutSelfChecksThereIsNoVerdict() {
    Report report = Report.of("task", Map.of(), List.of(transfer(12, 2)), Findings.none());
    assertThat(text(report)).endsWith("no verdict: self-checks-not-run");
  }

  @Test
  void flagsWithholdTheVerdictsThatTheyConcern() {
    Evaluated run = transfer(12, 2);
    assertThat(text(report(List.of(run), raised("zepad", null)))).endsWith("no verdict: flag");
    assertThat(text(report(List.of(run), raised("undefended", null)))).contains("no verdict");
    assertThat(text(report(List.of(run), raised(null, null)))).contains("no verdict");
    assertThat(text(report(List.of(run), raised("zepad", "uap")))).contains("no verdict");
    assertThat(text(report(List.of(run), raised("another", null)))).contains("more robust");
    assertThat(text(report(List.of(run), PASSED, Check.notRun("missing", "zepad", "No attack."))))
        .endsWith("; not checked: missing");
  }

  @Test
  void anAttackThatBreaksNothingIsNoGround() {
    assertThat(text(report(List.of(transfer(20, 20)), PASSED)))
        .endsWith("no verdict: attack-ineffective");
  }

  @Test
  void aBaselineOfNoiseNeedNotBreakAnything() {
    Evaluated noise = run("noise", ThreatModel.TRANSFER, Knowledge.NOTHING, null, 20, 20);
    assertThat(text(report(List.of(transfer(12, 2), noise), PASSED))).contains("is more robust");
  }

  /** The undefended victim falls to an attack on itself, the defence to one on the defence. */
  @Test
  void adaptiveAttacksAreComparedEachOnItsOwnModel() {
    Evaluated onVictim =
        run("pgd on undefended", ThreatModel.TRANSFER, Knowledge.MODEL, "undefended", 18, 0);
    Evaluated onDefence =
        run("pgd on zepad", ThreatModel.ADAPTIVE, Knowledge.MODEL, "zepad", 9, 19);
    Report report = report(List.of(onVictim, onDefence), PASSED);
    Comparison adaptive = report.comparisons().get(report.comparisons().size() - 1);
    assertThat(adaptive.threatModel()).isEqualTo(ThreatModel.ADAPTIVE);
    assertThat(adaptive.robustA()).isEqualTo(new Rate(9, IMAGES));
    assertThat(adaptive.robustB()).isEqualTo(new Rate(0, IMAGES));
    assertThat(report.worstCaseByThreatModel())
        .extracting(
            Headline::name, h -> h.threatModels().iterator().next(), Headline::robustAccuracy)
        .contains(
            tuple("zepad", ThreatModel.ADAPTIVE, new Rate(9, IMAGES)),
            tuple("zepad", ThreatModel.TRANSFER, new Rate(18, IMAGES)));
    assertThat(report.verdicts()).hasSize(2).allMatch(v -> v.withheldBy().isEmpty());
  }

  /** An attack that leaves the defence whole works nevertheless, if it breaks the victim. */
  @Test
  void anAdaptiveAttackIsCheckedOnTheVictim() {
    Evaluated onDefence =
        run("pgd on zepad", ThreatModel.ADAPTIVE, Knowledge.MODEL, "zepad", 20, 20);
    assertThat(onDefence.evaluation().flags()).containsExactly(Flag.ATTACK_UNCHECKED);
    Evaluated onVictim =
        run("pgd on undefended", ThreatModel.TRANSFER, Knowledge.MODEL, "undefended", 20, 0);
    assertThat(report(List.of(onDefence, onVictim), PASSED).verdicts())
        .allMatch(v -> v.withheldBy().isEmpty());
  }

  /** One that the undefended victim alone was shown would flatter the defence. */
  @Test
  void inTheWorstCaseOnlyAttacksOnBothModelsCount() {
    for (ThreatModel threatModel : List.of(ThreatModel.TRANSFER, ThreatModel.GRAY)) {
      Evaluated both = run("uap", threatModel, Knowledge.ENCODER, "zepad", 12, 12);
      Evaluated alone =
          alone(run("own on undefended", threatModel, Knowledge.ENCODER, "undefended", 12, 0));
      List<Evaluated> runs = List.of(both, alone);
      assertThat(Comparison.worstCase("zepad", "undefended", threatModel, runs))
          .hasValueSatisfying(worst -> assertThat(worst.robustB()).isEqualTo(new Rate(12, IMAGES)));
    }
  }

  /** What knows the encoders alone is no attack with everything in hand, whomever it aims at. */
  @Test
  void aGrayAttackIsNoAdaptiveOne() {
    Evaluated adaptive = run("pgd on zepad", ThreatModel.ADAPTIVE, Knowledge.MODEL, "zepad", 9, 19);
    Evaluated onVictim =
        run("pgd on undefended", ThreatModel.TRANSFER, Knowledge.MODEL, "undefended", 18, 5);
    Evaluated gray =
        run("uap on undefended", ThreatModel.GRAY, Knowledge.ENCODER, "undefended", 20, 0);
    List<Evaluated> runs = List.of(adaptive, onVictim, gray);
    assertThat(Comparison.worstCase("zepad", "undefended", ThreatModel.ADAPTIVE, runs))
        .hasValueSatisfying(worst -> assertThat(worst.robustB()).isEqualTo(new Rate(5, IMAGES)));
  }

  /** The same run, shown to the undefended model alone. */
  private static Evaluated alone(Evaluated run) {
    return new Evaluated(run.evaluation(), run.measured().subList(0, 1));
  }

  @Test
  void storedMeasurementsMustFitTogether() {
    Outcomes clean = rights(IMAGES);
    assertThatThrownBy(
            () ->
                new Measured(
                    new SubjectInfo("x", true, null, List.of()),
                    clean,
                    clean,
                    new float[3],
                    null,
                    null,
                    null))
        .hasMessageContaining("expected 20 values");
  }

  private static Check raised(@Nullable String subject, @Nullable String attack) {
    return Check.of("flag", subject, attack, true, 1, 0, "It is so.");
  }

  private static Report report(List<Evaluated> runs, Check... checks) {
    return Report.of("task", Map.of(), runs, new Findings(List.of(checks), List.of(), List.of()));
  }

  private static String text(Report report) {
    return report.verdicts().get(0).text();
  }

  private static Evaluated transfer(int defended, int undefended) {
    return run("uap", ThreatModel.TRANSFER, Knowledge.ENCODER, null, defended, undefended);
  }

  private static Evaluated run(
      String attack,
      ThreatModel threatModel,
      Knowledge knowledge,
      @Nullable String aimedAt,
      int defended,
      int undefended) {
    List<Measured> measured =
        List.of(measured("undefended", undefended), measured("zepad", defended));
    return new Evaluated(
        Evaluation.of(
            attack,
            threatModel,
            knowledge,
            new Budget(Norm.LINF, 0.03),
            aimedAt,
            Arithmetic.SOUND,
            IMAGES,
            measured),
        measured);
  }

  private static Measured measured(String name, int withstood) {
    SubjectInfo subject = new SubjectInfo(name, name.equals("undefended"), null, List.of());
    return new Measured(subject, rights(IMAGES), rights(withstood), null, null, null, null);
  }

  private static Outcomes rights(int count) {
    int[] predictions = new int[IMAGES];
    Arrays.fill(predictions, count, IMAGES, 1);
    return Outcomes.of(2, new int[IMAGES], predictions, new boolean[IMAGES]);
  }
}
