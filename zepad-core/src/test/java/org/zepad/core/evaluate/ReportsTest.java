package org.zepad.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.ThreatModel;
import org.zepad.api.defence.Role;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.metrics.Outcomes;
import org.zepad.core.metrics.Rate;
import org.zepad.core.testkit.Schemas;

class ReportsTest {
  @Test
  void theLayoutIsTheDocumentedOne(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.json");
    Reports.write(report(), file);
    JsonNode root = new JsonMapper().readTree(file.toFile());

    assertThat(fields(root))
        .containsExactly(
            "schemaVersion",
            "task",
            "provenance",
            "verdicts",
            "worstCase",
            "worstCaseByThreatModel",
            "comparisons",
            "checks",
            "robustnessCurves",
            "benignShift",
            "evaluations");
    assertThat(root.get("schemaVersion").intValue()).isEqualTo(Report.SCHEMA_VERSION);
    JsonNode headline = root.get("worstCase").get(0);
    assertThat(headline.get("threatModels").get(0).textValue()).isEqualTo("transfer");
    JsonNode evaluation = root.get("evaluations").get(0);
    assertThat(evaluation.get("threatModel").textValue()).isEqualTo("transfer");
    assertThat(evaluation.get("budget").get("norm").textValue()).isEqualTo("linf");
    assertThat(evaluation.get("flags").get(0).textValue()).isEqualTo("attack-ineffective");
    assertThat(evaluation.get("arithmetic").textValue()).isEqualTo("reference");
    JsonNode model = evaluation.get("models").get(0);
    assertThat(fields(model.get("benignAccuracy")))
        .containsExactly("hits", "total", "value", "low", "high");
    assertThat(Reports.json(report())).doesNotContain("NaN");
    assertThat(model.get("detection").isNull()).isTrue();
    // A share of nothing is null rather than a NaN that JSON does not have.
    assertThat(root.get("benignShift").get(0).get("accuracy").get("value").isNull()).isTrue();
    JsonNode second = evaluation.get("models").get(1);
    assertThat(second.get("detection").get("wantedFpr").isNull()).isTrue();
    assertThat(second.get("confidences").get(0).get("benign").get("high").doubleValue())
        .isEqualTo(4);
    assertThat(model.get("reference").get("cleanTop1Percent").doubleValue()).isEqualTo(50);
  }

  @Test
  void theSameReportGivesTheSameText() {
    assertThat(Reports.json(report())).isEqualTo(Reports.json(report())).endsWith("}\n");
  }

  private static List<String> fields(JsonNode node) {
    return Objects.requireNonNull(node).properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void everyFieldIsInThePublishedSchema() throws IOException {
    assertThat(Schemas.problemsOfReport(Reports.json(report()))).isEmpty();
    assertThat(Schemas.problemsOfReport(Reports.json(report()).replace("\"transfer\"", "\"none\"")))
        .isNotEmpty();
    assertThat(Schemas.problemsOfReport(Reports.json(report()).replace("\"limit\"", "\"bound\"")))
        .isNotEmpty();
  }

  /** Small outcomes by hand, with everything that a report may hold. */
  private static Report report() {
    SubjectInfo victim = new SubjectInfo("victim", true, null, List.of());
    SubjectInfo defended =
        new SubjectInfo(
            "defended",
            false,
            DetectionThreshold.fixed(0.1),
            List.of(new SubjectInfo.BranchInfo("one", Role.MPAE)));
    Outcomes clean = Outcomes.of(6, new int[] {0, 1}, new int[] {0, 2}, new boolean[] {true, true});
    Outcomes attacked =
        Outcomes.of(6, new int[] {0, 1}, new int[] {3, 2}, new boolean[] {true, false});
    List<Measured> measured =
        List.of(
            new Measured(victim, clean, attacked, null, null, null, null),
            new Measured(
                defended,
                clean,
                clean,
                new float[] {0, 0.2f},
                new float[] {0.3f, 0},
                new float[] {1, 2},
                new float[] {0.5f, 4}));
    Evaluation evaluation =
        Evaluation.of(
            "noise",
            ThreatModel.TRANSFER,
            Knowledge.ENCODER,
            new Budget(Norm.LINF, 0.1),
            null,
            Arithmetic.REFERENCE,
            4,
            measured);
    Findings findings =
        new Findings(
            List.of(
                Check.of("zero-gradients", "defended", null, true, 1, 0.1, "Nothing moves."),
                Check.notRun("not-monotone", "defended", "There is no attack.")),
            List.of(
                new RobustnessCurve(
                    "defended",
                    "pgd",
                    Norm.LINF,
                    List.of(new RobustnessCurve.Point(0, new Rate(5, 10))))),
            List.of(new BenignShift("jpeg-75", "victim", null, new Rate(0, 0))));
    return Report.of(
        "shapes", Map.of("seed", "1"), List.of(new Evaluated(evaluation, measured)), findings);
  }
}
