package org.zepad.core.present;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.ThreatModel;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.defence.Role;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.evaluate.Arithmetic;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Example;
import org.zepad.core.evaluate.Findings;
import org.zepad.core.evaluate.Measured;
import org.zepad.core.evaluate.Report;
import org.zepad.core.evaluate.SubjectInfo;
import org.zepad.core.metrics.Outcomes;
import org.zepad.core.report.Cell;
import org.zepad.core.report.Code;
import org.zepad.core.report.Column;
import org.zepad.core.report.DataTable;
import org.zepad.core.report.Document;
import org.zepad.core.report.Element;
import org.zepad.core.report.HistogramPlot;
import org.zepad.core.report.LinePlot;
import org.zepad.core.report.Notice;
import org.zepad.core.report.PictureGrid;

/** Four images of two classes, two models, noise and one attack, so that all can be counted. */
class EvaluationPageTest {
  private static final SubjectInfo VICTIM = new SubjectInfo("victim", true, null, List.of());
  private static final SubjectInfo ZEPAD =
      new SubjectInfo(
          "zepad",
          false,
          DetectionThreshold.fixed(0.1),
          List.of(new SubjectInfo.BranchInfo("one", Role.MPAE)));
  private static final String NOISE = "sign-noise (noise.safetensors)";
  private static final String PGD = "pgd {steps=2} on ";

  /** All images are of class 0 and right when clean; 1 means that the attack misleads. */
  private static Measured measured(SubjectInfo subject, int... attacked) {
    boolean[] topFive = {true, true, true, true};
    int[] zeros = new int[4];
    boolean detects = subject.threshold() != null;
    return new Measured(
        subject,
        Outcomes.of(2, zeros, zeros, topFive),
        Outcomes.of(2, zeros, attacked, topFive),
        detects ? new float[] {0, 0, 0, 0.2f} : null,
        detects ? new float[] {0.3f, 0.3f, 0, 0.3f} : null,
        detects ? new float[] {1, 2, 1, 2} : null,
        detects ? new float[] {0, 0, 1, 0} : null);
  }

  private static Evaluated run(
      String attack, ThreatModel threatModel, Knowledge knowledge, String at, Measured... all) {
    List<Measured> measured = List.of(all);
    Evaluation evaluation =
        Evaluation.of(
            attack,
            threatModel,
            knowledge,
            new Budget(Norm.LINF, 8 / 255.0),
            at.isEmpty() ? null : at,
            Arithmetic.SOUND,
            4,
            measured);
    RgbImage image = new RgbImage(1, 1, new byte[3]);
    return new Evaluated(evaluation, measured, List.of(new Example(3, image, image)));
  }

  private static List<Evaluated> runs() {
    return List.of(
        run(
            NOISE,
            ThreatModel.TRANSFER,
            Knowledge.NOTHING,
            "",
            measured(VICTIM, 0, 0, 0, 0),
            measured(ZEPAD, 0, 0, 0, 0)),
        run(
            PGD + "victim",
            ThreatModel.TRANSFER,
            Knowledge.DEFENCE,
            "victim",
            measured(VICTIM, 1, 1, 1, 1),
            measured(ZEPAD, 0, 0, 0, 1)),
        run(
            PGD + "zepad",
            ThreatModel.ADAPTIVE,
            Knowledge.DEFENCE,
            "zepad",
            measured(VICTIM, 1, 0, 0, 0),
            measured(ZEPAD, 0, 0, 1, 1)));
  }

  private static Document page(List<Check> checks) {
    List<Evaluated> runs = runs();
    Report report =
        Report.of(
            "animals",
            Map.of("command", "zepad evaluate --seed=7", "seed", "7"),
            runs,
            new Findings(checks, List.of(), List.of()));
    return EvaluationPage.of(
        report, runs, new Context(List.of("cat", "dog"), Map.of(), Map.<String, Path>of()));
  }

  private static Document page() {
    return page(List.of(Check.of("randomised", "zepad", null, false, 0, 0, "Nothing is drawn")));
  }

  private static List<Element> elements(Document document, String section) {
    return document.sections().stream()
        .filter(s -> s.id().equals(section))
        .findFirst()
        .orElseThrow()
        .elements();
  }

  private static <T> List<T> all(Class<T> kind, List<Element> elements) {
    return elements.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static List<Double> shares(DataTable table, int row) {
    return table.rows().get(row).cells().stream()
        .filter(Cell.Share.class::isInstance)
        .map(cell -> ((Cell.Share) cell).value())
        .toList();
  }

  @Test
  void verdictsAndTheWorstCaseComeFirst() {
    Document page = page();
    assertThat(page.sections().get(0).id()).isEqualTo("verdicts");
    assertThat(page.subtitle()).isEqualTo("4 test images of 2 classes; 2 models under 3 attacks");
    DataTable worst = all(DataTable.class, elements(page, "verdicts")).get(0);
    assertThat(worst.columns())
        .extracting(Column::title)
        .containsExactly("model", "BA", "transfer", "adaptive");
    assertThat(shares(worst, 0)).containsExactly(1.0, 0.0, 0.0);
    assertThat(shares(worst, 1)).containsExactly(1.0, 0.75, 0.5);
  }

  @Test
  void anAttackOnEachModelIsOneColumnWithAShortName() {
    List<DataTable> tables = all(DataTable.class, elements(page(), "accuracy"));
    DataTable transfer = tables.get(0);
    assertThat(transfer.columns())
        .extracting(Column::group)
        .containsExactly("", "", "sign-noise", "sign-noise", "pgd on victim", "pgd on victim");
    assertThat(shares(transfer, 0)).containsExactly(1.0, 1.0, 0.0, 0.0, 1.0);
    assertThat(shares(transfer, 1)).containsExactly(1.0, 1.0, 0.0, 0.75, 0.25);
    assertThat(transfer.rows().get(1).cells().get(4).mark()).isEqualTo(Cell.Mark.BEST);
    DataTable adaptive = tables.get(1);
    assertThat(adaptive.columns()).extracting(Column::group).containsExactly("", "", "pgd", "pgd");
    assertThat(shares(adaptive, 0)).containsExactly(1.0, 0.0, 1.0);
    assertThat(shares(adaptive, 1)).containsExactly(1.0, 0.5, 0.5);
    DataTable attacks = tables.get(2);
    assertThat(attacks.rows().get(2).cells())
        .containsSubsequence(
            Cell.text("pgd"),
            Cell.text("pgd {steps=2}"),
            Cell.text("adaptive"),
            Cell.text("defence"),
            Cell.text("L∞ 8/255"));
  }

  @Test
  void whatSpeaksAgainstFiguresIsSaidOnceForEachFlag() {
    List<Notice> sound = all(Notice.class, elements(page(), "verdicts"));
    assertThat(sound).noneMatch(notice -> notice.text().contains("sign-noise"));
    List<Notice> raised =
        all(
            Notice.class,
            elements(
                page(List.of(Check.of("randomised", "zepad", null, true, 1, 0, "It is drawn."))),
                "verdicts"));
    assertThat(raised)
        .anyMatch(n -> n.kind() == Notice.Kind.PLAIN && n.text().contains("no verdict: randomised"))
        .contains(Notice.warn("randomised", "zepad: It is drawn."));
  }

  @Test
  void theDetectorIsShownUnderTheAttacksThatConcernIt() {
    List<Element> detection = elements(page(), "detection");
    DataTable table = all(DataTable.class, detection).get(0);
    assertThat(table.rows()).hasSize(3).allMatch(row -> row.group().equals("zepad"));
    // Scores 0, 0, 0, 0.2 against 0.3, 0.3, 0, 0.3: 13 of 16 pairs in order, ties counting half.
    assertThat(table.rows().get(2).cells().get(1))
        .isEqualTo(Cell.share(13.5 / 16, Double.NaN, Double.NaN));
    LinePlot roc = all(LinePlot.class, detection).get(0);
    assertThat(roc.series())
        .extracting(LinePlot.Series::name)
        .containsExactly("sign-noise (transfer)", "pgd on victim (transfer)", "pgd (adaptive)");
    List<HistogramPlot> histograms = all(HistogramPlot.class, detection);
    assertThat(histograms).hasSize(2);
    assertThat(histograms.get(1).caption()).contains("branch one (mpae)", "pgd (adaptive)");
    assertThat(histograms.get(1).counts())
        .allSatisfy(
            counts ->
                assertThat(counts.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(4));
  }

  @Test
  void picturesSayWhatModelsSayAndWhereThatIsWrong() {
    PictureGrid grid = all(PictureGrid.class, elements(page(), "examples")).get(1);
    assertThat(grid.caption()).isEqualTo("Before and after pgd on victim (transfer, L∞ 8/255)");
    PictureGrid.Tile tile = grid.tiles().get(0);
    assertThat(tile.title()).isEqualTo("cat");
    assertThat(tile.pictures().get(0).lines()).containsExactly("victim: cat", "zepad: cat");
    assertThat(tile.pictures().get(1).lines())
        .containsExactly("victim: dog\u00a0✗", "zepad: dog\u00a0✗ (flagged)");
  }

  @Test
  void theCommandIsToldOnce() {
    List<Element> provenance = elements(page(), "provenance");
    assertThat(all(Code.class, provenance))
        .containsExactly(new Code("To get this report again", "zepad evaluate --seed=7"));
    assertThat(provenance.get(1).toString()).doesNotContain("evaluate").contains("seed");
  }
}
