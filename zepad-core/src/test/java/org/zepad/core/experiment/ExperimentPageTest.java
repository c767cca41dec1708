package org.zepad.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.ThreatModel;
import org.zepad.api.defence.Role;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.evaluate.Arithmetic;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Findings;
import org.zepad.core.evaluate.Measured;
import org.zepad.core.evaluate.Report;
import org.zepad.core.evaluate.SubjectInfo;
import org.zepad.core.metrics.Outcomes;
import org.zepad.core.pipeline.Choice;
import org.zepad.core.report.Cell;
import org.zepad.core.report.Column;
import org.zepad.core.report.DataTable;
import org.zepad.core.report.Element;
import org.zepad.core.report.Html;
import org.zepad.core.report.Notice;
import org.zepad.core.testkit.Schemas;

class ExperimentPageTest {
  private static final String VICTIM = Grid.UNDEFENDED;
  private static final Findings CHECKED =
      new Findings(
          List.of(Check.of("randomised", null, null, false, 0, 0, "Nothing is drawn.")),
          List.of(),
          List.of());

  private final Summary summary = new Summary();
  private final List<ExperimentResult.Group> groups = new ArrayList<>();

  private void add(long seed, Map<String, List<Evaluated>> runs) {
    List<Evaluated> all = runs.values().stream().flatMap(List::stream).toList();
    Report report = Report.of("task", Map.of("seed", Long.toString(seed)), all, CHECKED);
    summary.add(new Collector.Key("simclr", "task", seed), runs, report);
    groups.add(new ExperimentResult.Group(seed, "simclr", report));
  }

  private ExperimentResult result() {
    return new ExperimentResult(groups, summary.rows(), List.of(), List.of());
  }

  private static Evaluated run(
      String attack, ThreatModel threatModel, String at, List<Measured> measured) {
    return new Evaluated(
        Evaluation.of(
            attack,
            threatModel,
            Knowledge.DEFENCE,
            new Budget(Norm.LINF, 8 / 255.0),
            at,
            Arithmetic.SOUND,
            16,
            measured),
        measured);
  }

  /** Of n images that are right when clean, the first ones stay so. */
  private static Measured withstands(String model, int n, int stay) {
    int[] zeros = new int[n];
    int[] attacked = new int[n];
    Arrays.fill(attacked, stay, n, 1);
    boolean[] topFive = new boolean[n];
    Arrays.fill(topFive, true);
    return new Measured(
        new SubjectInfo(model, model.equals(VICTIM), null, List.of()),
        Outcomes.of(2, zeros, zeros, topFive),
        Outcomes.of(2, zeros, attacked, topFive),
        null,
        null,
        null,
        null);
  }

  private static Map<String, List<Evaluated>> oneAttack(int victim, int zepad, int alone) {
    return Map.of(
        "pgd",
        List.of(
            run(
                "pgd",
                ThreatModel.TRANSFER,
                VICTIM,
                List.of(withstands(VICTIM, 10, victim), withstands("zepad", 10, zepad)))),
        "own",
        List.of(
            run(
                "own on " + VICTIM,
                ThreatModel.TRANSFER,
                VICTIM,
                List.of(withstands(VICTIM, 10, victim))),
            run(
                "own on zepad",
                ThreatModel.ADAPTIVE,
                "zepad",
                List.of(withstands("zepad", 10, alone)))));
  }

  private static ExperimentResult.Row row(
      ExperimentResult result, String attack, ThreatModel threatModel, String model) {
    return result.summary().stream()
        .filter(r -> r.attack().equals(attack) && r.model().equals(model))
        .filter(r -> r.threatModel() == threatModel)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void meansDeviationsAndWinsAreThoseCountedByHand() {
    // Seed 1: seven images that zepad alone classifies rightly, p = 2 / 2^7; seed 2: three, p =
    // 1/4.
    add(1, oneAttack(2, 9, 2));
    add(2, oneAttack(2, 5, 1));
    ExperimentResult result = result();
    ExperimentResult.Row pgd = row(result, "pgd", ThreatModel.TRANSFER, "zepad");
    assertThat(pgd.robustAccuracy().n()).isEqualTo(2);
    assertThat(pgd.robustAccuracy().mean()).isCloseTo(0.7, within(1e-12));
    assertThat(pgd.robustAccuracy().deviation()).isCloseTo(Math.sqrt(0.08), within(1e-12));
    assertThat(pgd.attackSuccess().mean()).isCloseTo(0.3, within(1e-12));
    assertThat(pgd.better()).isEqualTo(1);
    assertThat(pgd.worse()).isZero();
    ExperimentResult.Row worst =
        row(result, ExperimentResult.Row.WORST, ThreatModel.ADAPTIVE, "zepad");
    assertThat(worst.robustAccuracy().mean()).isCloseTo(0.15, within(1e-12));
    assertThat(worst.better() + worst.worse()).isZero();

    DataTable paper = ExperimentTables.papers(result).get(0);
    assertThat(paper.columns().stream().map(Column::group).distinct())
        .containsExactlyInAnyOrder("", "pgd (transfer)", "own (adaptive)");
    assertThat(paper.rows()).hasSize(2);
    assertThat(paper.rows().get(1).cells())
        .anySatisfy(
            cell -> {
              assertThat(cell).isInstanceOf(Cell.Mean.class);
              Cell.Mean mean = (Cell.Mean) cell;
              assertThat(mean.value()).isCloseTo(0.7, within(1e-12));
              assertThat(mean.deviation()).isCloseTo(Math.sqrt(0.08), within(1e-12));
              assertThat(mean.mark()).isEqualTo(Cell.Mark.BEST);
            });
    DataTable wins = ExperimentTables.significance(result).get(0);
    assertThat(wins.columns().stream().map(column -> column.group() + " " + column.title()))
        .containsExactlyInAnyOrder(" model", "transfer pgd", "adaptive own");
    assertThat(wins.rows().get(1).cells()).contains(Cell.text("1 / 0"), Cell.text("0 / 0"));
    List<Element> verdicts = ExperimentVerdicts.of(groups);
    assertThat(verdicts)
        .anySatisfy(
            element -> {
              Notice notice = (Notice) element;
              assertThat(notice.title()).isEqualTo("transfer:");
              assertThat(notice.text()).contains("zepad (in 1 of 2 seeds)");
            });
  }

  @Test
  void aLargeGridStaysASmallPageAndItsReportIsAsPublished() throws IOException {
    Random random = new Random(5);
    for (long seed = 1; seed <= 2; seed++) {
      add(seed, large(random));
    }
    ExperimentResult result = result();
    String html =
        Html.render(
            ExperimentPage.of(
                result, "zepad experiment", "seeds: 1,2", Map.of(), List.of(), Map.of()));
    Path folder = Files.createDirectories(Path.of("target", "report"));
    Files.writeString(folder.resolve("large-experiment.html"), html);
    assertThat(html.length()).isLessThan(2_000_000);
    String json = ExperimentReport.json("zepad experiment", grid(), result);
    assertThat(Schemas.problemsOfExperiment(json)).isEmpty();
    assertThat(Schemas.problemsOfExperiment(json.replace("\"summary\"", "\"sum\""))).isNotEmpty();
    // The reports within are held to their own schema.
    assertThat(Schemas.problemsOfExperiment(json.replace("\"verdicts\"", "\"opinions\"")))
        .isNotEmpty();
    assertThat(Schemas.problemsOfReport(json)).isNotEmpty();
  }

  private static Grid grid() {
    Choice plain = new Choice("zepad", Map.of("epochs", 1));
    return new Grid(
        List.of(1L, 2L),
        List.of(new Victim("simclr", "")),
        List.of(new GridDefence("zepad", plain, List.of(), plain, plain)),
        TestGrids.DATA,
        List.of(new GridAttack("pgd", new Choice("pgd", Map.of()), Against.VICTIM)),
        TestGrids.DATA,
        List.of(TestGrids.TASK),
        false,
        256);
  }

  private static Map<String, List<Evaluated>> large(Random random) {
    Map<String, List<Evaluated>> runs = new LinkedHashMap<>();
    List<String> models = new ArrayList<>(List.of(VICTIM));
    for (int i = 1; i <= 10; i++) {
      models.add("defence-" + i);
    }
    for (String attack :
        List.of(
            "sign-noise", "advencoder-per", "advencoder-pat", "l4a-base", "ssp", "uapgd", "pgd")) {
      List<Measured> measured = models.stream().map(model -> random(model, random)).toList();
      runs.put(attack, List.of(run(attack, ThreatModel.TRANSFER, VICTIM, measured)));
    }
    for (String attack : List.of("pgd-adaptive", "square-adaptive")) {
      List<Evaluated> each = new ArrayList<>();
      for (String model : models) {
        ThreatModel threatModel =
            model.equals(VICTIM) ? ThreatModel.TRANSFER : ThreatModel.ADAPTIVE;
        each.add(run(attack + " on " + model, threatModel, model, List.of(random(model, random))));
      }
      runs.put(attack, each);
    }
    return runs;
  }

  private static Measured random(String model, Random random) {
    int n = 400;
    int[] labels = IntStream.range(0, n).map(i -> i % 10).toArray();
    int[] clean = labels.clone();
    Random ofModel = new Random(model.hashCode());
    int[] attacked = labels.clone();
    double robust = model.equals(VICTIM) ? 0.2 : 0.3 + 0.04 * model.length();
    for (int i = 0; i < n; i++) {
      clean[i] = ofModel.nextDouble() < 0.85 ? clean[i] : ofModel.nextInt(10);
      attacked[i] = random.nextDouble() < robust ? attacked[i] : random.nextInt(10);
    }
    boolean[] topFive = new boolean[n];
    Arrays.fill(topFive, true);
    boolean detects = model.hashCode() % 2 == 0 && !model.equals(VICTIM);
    return new Measured(
        new SubjectInfo(
            model,
            model.equals(VICTIM),
            detects ? DetectionThreshold.fixed(1.5) : null,
            detects
                ? List.of(
                    new SubjectInfo.BranchInfo("victim", Role.MPAE),
                    new SubjectInfo.BranchInfo("helper", Role.BMP))
                : List.of()),
        Outcomes.of(10, labels, clean, topFive),
        Outcomes.of(10, labels, attacked, topFive),
        detects ? gaussians(random, n, 0) : null,
        detects ? gaussians(random, n, 1) : null,
        detects ? gaussians(random, 2 * n, 3) : null,
        detects ? gaussians(random, 2 * n, 4) : null);
  }

  private static float[] gaussians(Random random, int n, double mean) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (mean + random.nextGaussian());
    }
    return values;
  }
}
