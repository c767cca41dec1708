package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.core.config.ConfigReader;
import org.zepad.core.experiment.Experiment;
import org.zepad.core.experiment.Grid;
import org.zepad.core.experiment.Job;
import org.zepad.core.experiment.Outlook;
import org.zepad.core.experiment.Shard;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;

class ExperimentPlanTest {
  private static final String GRID =
      """
      seeds: 1, 2
      victims: [simclr, byol]
      tuning: {name: shapes, images: 100, options: {train: 200, test: 100}}
      defences:
        - name: zepad
          branches:
            - {name: victim, encoder: victim}
            - {name: helper, role: bmp, encoder: "zoo:vicreg"}
        - name: equal
          fusion: equal
          branches:
            - {name: victim, encoder: victim}
            - {name: helper, role: bmp, encoder: "zoo:vicreg"}
      surrogate: {name: shapes, images: 100, options: {train: 200, test: 100}}
      attacks:
        - {name: noise, attack: sign-noise}
        - {name: pgd, attack: pgd}
        - {name: pgd-adaptive, attack: pgd, against: defence}
      tasks:
        - data: {name: shapes, images: 100, options: {train: 200, test: 100}}
        - {task: more, data: {name: shapes, images: 120, options: {train: 200, test: 100}}}
      """;

  @TempDir Path folder;

  private Experiment experiment(String grid) throws IOException {
    PluginRegistry plugins = PluginRegistry.open(List.of());
    Path file = Files.writeString(folder.resolve("grid.yaml"), grid);
    return new Experiment(
        plugins,
        new Settings(1, Device.cpu(), folder, Progress.silent()),
        new ConfigReader(plugins).read(Grid.class, file, Map.of()),
        folder.resolve("out"));
  }

  private static <T extends Job> List<T> of(Class<T> type, List<Job> jobs) {
    return jobs.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void workIsSharedByTheCellsThatNeedIt() throws IOException {
    List<Job> plan = experiment(GRID).plan();
    int groups = 2 * 2;
    int models = 3;
    assertThat(of(Job.Harden.class, plan)).hasSize(groups * models);
    assertThat(of(Job.Adapt.class, plan)).hasSize(groups * models * 2);
    assertThat(of(Job.Craft.class, plan)).hasSize(groups);
    // Two attacks on the victim for all models at once, one on each of the models.
    assertThat(of(Job.Measure.class, plan)).hasSize(groups * 2 * (2 + models));
    int cells = of(Job.Measure.class, plan).stream().mapToInt(job -> job.cells().size()).sum();
    assertThat(cells).isEqualTo(groups * 2 * 3 * models);
    // Bundles that differ in their fusion alone tune their branches once, in one folder.
    assertThat(
            of(Job.Harden.class, plan).stream()
                .filter(job -> !job.defence().equals(Grid.UNDEFENDED))
                .map(Job.Harden::tuning)
                .distinct())
        .hasSize(groups);
    assertThat(of(Job.Audit.class, plan)).hasSize(groups * models * 2);
    assertThat(plan.stream().map(Job::id).distinct()).hasSize(plan.size());
  }

  @Test
  void everyJobComesAfterWhatItNeeds() throws IOException {
    Set<Job> before = new HashSet<>();
    for (Job job : experiment(GRID).plan()) {
      assertThat(before).containsAll(job.needs()).containsAll(job.after());
      before.add(job);
    }
  }

  @Test
  void aGridThatGrowsKeepsItsJobs() throws IOException {
    List<String> before = experiment(GRID).plan().stream().map(Job::id).toList();
    String grown = GRID.replace("seeds: 1, 2", "seeds: 1, 2, 3").replace("byol]", "byol, vicreg]");
    assertThat(experiment(grown).plan().stream().map(Job::id)).containsAll(before);
    assertThat(experiment(GRID.replace("images: 120", "images: 110")).plan().stream().map(Job::id))
        .containsAll(before.stream().filter(id -> id.startsWith("harden")).toList())
        .doesNotContainAnyElementsOf(before.stream().filter(id -> id.contains("more")).toList());
  }

  @Test
  void shardsTogetherDoEverythingAndMeasureNothingTwice() throws IOException {
    List<Job> plan = experiment(GRID).plan();
    List<Job> measured = new ArrayList<>();
    Set<Job> all = new HashSet<>();
    for (int i = 1; i <= 3; i++) {
      List<Job> part = new Shard(i, 3).of(plan);
      all.addAll(part);
      measured.addAll(of(Job.Measure.class, part));
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(plan);
    assertThat(measured).doesNotHaveDuplicates();
    assertThatThrownBy(() -> Shard.parse("4/3")).isInstanceOf(ZepadException.class);
    assertThatThrownBy(() -> Shard.parse("a")).hasMessageContaining("looks like 1/3");
  }

  @Test
  void theOutlookCountsWhatIsToBeDone() throws IOException {
    Outlook outlook = experiment(GRID).outlook(Shard.WHOLE, 2);
    assertThat(outlook.cells()).isEqualTo(72);
    assertThat(outlook.done()).isZero();
    assertThat(outlook.time()).isPositive();
    assertThat(outlook.bytes()).isPositive().isLessThan(outlook.free());
  }

  @Test
  void mistakesAreToldWithTheirLines() {
    assertThatThrownBy(
            () ->
                experiment(
                    GRID.replace("name: equal", "name: undefended")
                        .replace("attack: sign-noise", "attack: sing-noise")))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("the undefended victim is always there")
        .hasMessageContaining("did you mean 'sign-noise'");
    assertThatThrownBy(() -> experiment(GRID.replace("[simclr, byol]", "[simclr, simclr]")))
        .hasMessageContaining("two entries under 'victims' are called 'simclr'");
    assertThatThrownBy(() -> experiment(GRID.replace("byol]", "bylo]")))
        .hasMessageContaining("zoo:bylo");
  }
}
