package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.cli.PackagedProgram.Result;
import org.zepad.core.testkit.Schemas;
import org.zepad.core.testkit.SeenReport;

/**
 * A small grid with the packaged program: whole, killed and continued, in shards, with a failure.
 */
@DisabledOnOs(OS.WINDOWS)
class ExperimentIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SHAPES = "name: shapes, options: {train: 200, test: 60}, size: 32";
  private static final String GRID =
      """
      victims: [simclr]
      tuning: {SHAPES, images: 100}
      defences:
        - name: zepad
          defence:
            name: zepad
            options: {epochs: 2, batch-size: 32, attack-steps: 1, validation-images: 10}
          branches:
            - {name: victim, encoder: victim}
            - {name: helper, role: bmp, encoder: "zoo:vicreg"}
        - name: BROKEN
          defence:
            name: zepad
            options: {epochs: 1, batch-size: 32, attack-steps: 1, encoder-learning-rate: RATE}
      surrogate: {SHAPES, images: 100}
      attacks:
        - {name: noise, attack: sign-noise}
        - {name: pgd, attack: {name: pgd, options: {steps: 2}}}
        - {name: pgd-adaptive, attack: {name: pgd, options: {steps: 2}}, against: defence}
      tasks: [{data: {SHAPES}, epochs: 2}]
      """
          .replace("SHAPES", SHAPES);
  private static final String SOUND =
      GRID.replace("BROKEN", "victim-alone").replace("RATE", "0.0001");

  @TempDir static Path folder;

  private static Result plan;
  private static Result whole;

  @BeforeAll
  static void runsTheWholeGrid() throws Exception {
    plan = experiment(SOUND, "whole", "--plan");
    assertThat(folder.resolve("whole")).doesNotExist();
    whole = experiment(SOUND, "whole");
  }

  private static Result experiment(String grid, String out, String... more) throws Exception {
    Files.writeString(folder.resolve("grid.yaml"), grid);
    return PackagedProgram.in(folder).run(arguments(out, more));
  }

  private static String[] arguments(String out, String... more) {
    return Stream.concat(
            Stream.of("experiment", "grid.yaml", "--out", out, "--cache", "none"), Stream.of(more))
        .toArray(String[]::new);
  }

  private static JsonNode report(String out) throws IOException {
    return JSON.readTree(folder.resolve(out).resolve("report.json").toFile());
  }

  @Test
  void shardsOfWhichOneIsKilledGiveTheNumbersOfTheWhole() throws Exception {
    assertThat(plan.out()).contains("9 cells").contains("0 are done");
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    assertThat(whole.out()).contains("pgd-adaptive").contains("worst-case");
    assertThat(folder.resolve("whole/work")).doesNotExist();

    Files.writeString(folder.resolve("grid.yaml"), SOUND);
    Path out = Files.createFile(folder.resolve("killed.txt"));
    Process process =
        PackagedProgram.in(folder).start(out, out, arguments("first", "--shard", "1/2"));
    Path bundles = folder.resolve("first/bundles");
    while (process.isAlive() && !Files.isDirectory(bundles)) {
      Thread.sleep(50);
    }
    assertThat(process.isAlive()).as(Files.readString(out)).isTrue();
    process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
    Result first = experiment(SOUND, "first", "--shard", "1/2");
    assertThat(first.exitCode()).as(first.err()).isZero();
    Result second = experiment(SOUND, "second", "--shard", "2/2", "--json");
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(JSON.readTree(second.out()).get("missing")).isNotEmpty();

    Result merged =
        PackagedProgram.in(folder)
            .run("experiment", "merge", "grid.yaml", "first", "second", "--out", "merged");
    assertThat(merged.exitCode()).as(merged.err()).isZero();
    assertThat(report("merged").get("missing")).isEmpty();
    assertThat(report("merged").get("summary")).isEqualTo(report("whole").get("summary"));

    Result again = experiment(SOUND, "whole");
    assertThat(again.err()).contains("To do: 0 jobs");
    assertThat(again.out()).isEqualTo(whole.out());
  }

  @Test
  void theReportIsAsPublishedAndTellsHowToGetItAgain() throws Exception {
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    String json = Files.readString(folder.resolve("whole/report.json"));
    assertThat(Schemas.problemsOfExperiment(json)).isEmpty();
    assertThat(JSON.readTree(json).get("command").asText())
        .contains("experiment grid.yaml --out whole");
  }

  @Test
  void thePageShowsEveryPictureAndPlotWithoutAnError(
      @TempDir(cleanup = CleanupMode.NEVER) Path profile) throws Exception {
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    SeenReport seen =
        SeenReport.of(
            folder.resolve("whole/report.html"), profile, Path.of("target", "seen", "experiment"));
    assertThat(seen.faults()).isEmpty();
    // The noise; two courses of a fine-tuning; ROC and two histograms.
    // And four images before and after each of the two attacks that all models are shown alike.
    assertThat(seen.pictures()).isEqualTo(1 + 2 * 4 * 2);
    assertThat(seen.plots()).isGreaterThanOrEqualTo(4);
    assertThat(seen.tables()).isGreaterThanOrEqualTo(5);
    assertThat(seen.text())
        .contains("no verdict", "victim-alone", "pgd-adaptive (adaptive)", "Before and after pgd");
  }

  @Test
  void aFailingDefenceDoesNotStopTheOthers() throws Exception {
    Result result = experiment(GRID.replace("BROKEN", "diverges").replace("RATE", "1e30"), "out");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err())
        .contains("harden-simclr-diverges")
        .contains("Lower encoder-learning-rate")
        .contains("not begun: it needs harden-simclr-diverges");
    assertThat(report("out").get("missing")).hasSize(3);
    assertThat(report("out").get("summary").toString())
        .contains("zepad")
        .doesNotContain("diverges");
  }
}
