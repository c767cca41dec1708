package org.zepad.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.evaluate.Arithmetic;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Findings;
import org.zepad.core.evaluate.Measured;
import org.zepad.core.evaluate.Report;
import org.zepad.core.evaluate.SubjectInfo;
import org.zepad.core.metrics.Outcomes;
import org.zepad.core.report.Csv;
import org.zepad.core.report.DataTable;

class DuelTest {
  private static final int IMAGES = 40;

  private final Duel.Counter counter = new Duel.Counter();

  /** One seed: of {@value #IMAGES} images, the first so many are right. */
  private void seed(long seed, int strong, int weak) {
    List<Measured> measured = List.of(measured("strong", 30, strong), measured("weak", 30, weak));
    List<Evaluated> runs =
        List.of(
            new Evaluated(
                Evaluation.of(
                    "uap",
                    ThreatModel.TRANSFER,
                    Knowledge.ENCODER,
                    new Budget(Norm.LINF, 0.03),
                    null,
                    Arithmetic.SOUND,
                    IMAGES,
                    measured),
                measured));
    counter.add(
        new Collector.Key("simclr", "cifar10", seed),
        Report.of("cifar10", Map.of(), runs, Findings.none()),
        runs);
  }

  private static Measured measured(String name, int clean, int attacked) {
    return new Measured(
        new SubjectInfo(name, false, null, List.of()),
        rights(clean),
        rights(attacked),
        null,
        null,
        null,
        null);
  }

  private static Outcomes rights(int count) {
    int[] predictions = new int[IMAGES];
    Arrays.fill(predictions, count, IMAGES, 1);
    return Outcomes.of(2, new int[IMAGES], predictions, new boolean[IMAGES]);
  }

  @Test
  void winsAreCountedOverTheSeeds() {
    // Only the strong one is right in 20 and in 5 images: p = 2^-19, and p = 2 x 2^-5 > 0.05.
    seed(1, 25, 5);
    seed(2, 10, 5);
    assertThat(counter.duels())
        .containsExactly(
            new Duel("simclr", "cifar10", "benign", "strong", "weak", 2, 0, 0),
            new Duel("simclr", "cifar10", "transfer", "strong", "weak", 2, 1, 0));
  }

  @Test
  void rowsAreBesideColumns() {
    seed(1, 25, 5);
    seed(2, 5, 25);
    List<DataTable> tables = DuelTables.of(counter.duels());
    assertThat(tables).hasSize(2);
    assertThat(Csv.render(tables.get(0)))
        .isEqualTo("model,strong,weak\r\nstrong,,'=\r\nweak,'=,\r\n");
    assertThat(Csv.render(tables.get(1)))
        .isEqualTo("model,strong,weak\r\nstrong,,'+1 −1\r\nweak,'+1 −1,\r\n");
  }
}
