package org.zepad.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.metrics.BatchMeans;
import org.zepad.core.metrics.Rate;

class ReportsTest {
  private static final Rate HALF = new Rate(5, 10);

  @Test
  void theLayoutIsTheDocumentedOne(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.json");
    Reports.write(report(), file);
    JsonNode root = new JsonMapper().readTree(file.toFile());

    assertThat(fields(root))
        .containsExactly("schemaVersion", "task", "provenance", "worstCase", "evaluations");
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
    assertThat(model.get("benignTopFive").isNull()).isTrue();
    // A share of nothing is null rather than a NaN that JSON does not have.
    assertThat(model.get("misledAmongRight").get("value").isNull()).isTrue();
    assertThat(model.get("detection").get("wantedFpr").isNull()).isTrue();
    assertThat(model.get("reference").get("cleanTop1Percent").doubleValue()).isEqualTo(50);
  }

  @Test
  void theSameReportGivesTheSameText() {
    assertThat(Reports.json(report())).isEqualTo(Reports.json(report())).endsWith("}\n");
  }

  private static List<String> fields(JsonNode node) {
    return Objects.requireNonNull(node).properties().stream().map(Map.Entry::getKey).toList();
  }

  private static Report report() {
    DetectionFigures detection =
        new DetectionFigures(0.1, OptionalDouble.empty(), 0.5, HALF, HALF, HALF, HALF, HALF);
    Figures figures =
        new Figures(
            "victim",
            true,
            HALF,
            HALF,
            HALF,
            new Rate(0, 0),
            null,
            null,
            detection,
            new BatchMeans(4, 50, 50, 50, 50, 50));
    Evaluation evaluation =
        new Evaluation(
            "noise",
            ThreatModel.TRANSFER,
            new Budget(Norm.LINF, 0.1),
            Arithmetic.REFERENCE,
            10,
            4,
            List.of(figures),
            Set.of(Flag.REFERENCE_ARITHMETIC, Flag.ATTACK_INEFFECTIVE));
    return new Report(
        Report.SCHEMA_VERSION,
        "shapes",
        Map.of("seed", "1"),
        List.of(evaluation),
        List.of(new Headline("victim", HALF, List.of("noise"), Set.of(ThreatModel.TRANSFER))));
  }
}
