package org.zepad.core.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.zepad.core.evaluate.Arithmetic;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Measured;
import org.zepad.core.present.EvaluationPage;
import org.zepad.core.report.Element;

/** Reads the cells of a plan and puts together those that belong together. */
final class Collector {
  private final ExperimentFolder folder;
  private final int batchSize;
  private final List<String> missing = new ArrayList<>();
  private final Map<Key, Map<String, List<StoredCell>>> groups = new LinkedHashMap<>();

  /** The attacks that are made against each model by itself. */
  private final Set<String> againstEach = new HashSet<>();

  Collector(ExperimentFolder folder, int batchSize) {
    this.folder = folder;
    this.batchSize = batchSize;
  }

  /** What all attacks on all models of a seed have in common. */
  record Key(String victim, String task, long seed) {}

  void collect(List<Job> plan) {
    for (Job job : plan) {
      if (job instanceof Job.Measure measure) {
        List<Job.Cell> absent = folder.missing(measure);
        absent.forEach(cell -> missing.add(cell.file()));
        for (Job.Cell cell : measure.cells()) {
          if (!absent.contains(cell)) {
            add(measure, CellFile.read(folder.cell(cell)));
          }
        }
      }
    }
  }

  private void add(Job.Measure job, StoredCell cell) {
    if (job.attack().against() == Against.DEFENCE) {
      againstEach.add(job.attack().name());
    }
    groups
        .computeIfAbsent(
            new Key(job.victim(), job.task().taskName(), job.seed()), key -> new LinkedHashMap<>())
        .computeIfAbsent(job.attack().name(), attack -> new ArrayList<>())
        .add(cell);
  }

  /** The cells that are not there. */
  List<String> missing() {
    return missing;
  }

  /** What there is, in the order of the plan. */
  List<Key> keys() {
    return List.copyOf(groups.keySet());
  }

  /**
   * The evaluations of a group, by the attack of the grid: one where all models are shown the same
   * images, one for each model where each is attacked by itself.
   */
  Map<String, List<Evaluated>> evaluated(Key key) {
    Map<String, List<Evaluated>> all = new LinkedHashMap<>();
    attacks(key)
        .forEach(
            (attack, cells) -> {
              Map<String, List<StoredCell>> byTarget = new LinkedHashMap<>();
              for (StoredCell cell : cells) {
                byTarget.computeIfAbsent(name(attack, cell), name -> new ArrayList<>()).add(cell);
              }
              List<Evaluated> runs = new ArrayList<>();
              byTarget.forEach((name, own) -> runs.add(evaluated(name, own)));
              all.put(attack, runs);
            });
    return all;
  }

  /** The undefended victim's own is called like the others, so that they can be compared. */
  private String name(String attack, StoredCell cell) {
    return againstEach.contains(attack) && cell.aimedAt() != null
        ? cell.attack() + " on " + cell.aimedAt()
        : cell.attack();
  }

  /** What its cells were measured with. */
  Map<String, String> provenance(Key key) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("seed", Long.toString(key.seed()));
    facts.put("victim", key.victim());
    attacks(key)
        .forEach(
            (attack, cells) ->
                cells.forEach(
                    cell ->
                        cell.provenance()
                            .forEach((name, value) -> facts.put(name(name, attack, cell), value))));
    return facts;
  }

  /** Facts of one cell alone are called by it; the others are the same in all cells. */
  private static String name(String fact, String attack, StoredCell cell) {
    return switch (fact) {
      case "bundle-sha256" -> "bundle-" + cell.measured().subject().name() + "-sha256";
      case "perturbation-sha256" -> "perturbation-" + attack + "-sha256";
      default -> fact;
    };
  }

  private Map<String, List<StoredCell>> attacks(Key key) {
    return Objects.requireNonNull(groups.get(key));
  }

  private Evaluated evaluated(String name, List<StoredCell> cells) {
    StoredCell first = cells.get(0);
    List<Measured> measured = cells.stream().map(StoredCell::measured).toList();
    return new Evaluated(
        Evaluation.of(
            name,
            first.threatModel(),
            first.knowledge(),
            first.budget(),
            first.aimedAt(),
            Arithmetic.SOUND,
            batchSize,
            measured),
        measured,
        galleries(cells).flatMap(gallery -> gallery.examples().stream()).toList());
  }

  /** Cells of the same images keep their examples once; a grid that grew may have them again. */
  private static Stream<Gallery> galleries(List<StoredCell> cells) {
    return cells.stream()
        .map(StoredCell::gallery)
        .filter(gallery -> !gallery.examples().isEmpty())
        .limit(1);
  }

  /**
   * The images before and after those attacks that all models are shown alike, with what each says
   * of them.
   */
  List<Element> examples(Key key) {
    List<Evaluated> shown = new ArrayList<>();
    evaluated(key)
        .forEach(
            (attack, runs) -> {
              if (!againstEach.contains(attack)) {
                shown.addAll(runs);
              }
            });
    return galleries(attacks(key).values().stream().flatMap(List::stream).toList())
        .map(Gallery::classes)
        .findFirst()
        .map(classes -> EvaluationPage.examples(shown, classes))
        .orElse(List.of());
  }
}
