package org.zepad.core.experiment;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zepad.api.defence.Role;
import org.zepad.core.pipeline.AdaptConfig;
import org.zepad.core.pipeline.AttackConfig;
import org.zepad.core.pipeline.HardenConfig;

/**
 * A piece of an experiment that is done by one process and leaves products. Two jobs of one id do
 * the same work on the same inputs, in whatever experiment they stand.
 */
public sealed interface Job {

  /** Kind and names for a person, and a fingerprint of everything that decides the products. */
  String id();

  /** The seed of everything random in it. */
  long seed();

  /** What must be done before. */
  List<Job> needs();

  /** What must have ended before, well or badly. */
  default List<Job> after() {
    return List.of();
  }

  /** Jobs of one lock write to the same place, and never run at once. */
  default String lock() {
    return id();
  }

  /** Rough work, counted in images that pass an encoder forward. */
  double passes();

  /**
   * Makes a bundle.
   *
   * @param tuning names the folder of saved tunings, which bundles that differ only in branches,
   *     fusion or detector share: a branch that they have in common is tuned once
   */
  record Harden(
      String id, long seed, String defence, HardenConfig config, String tuning, double passes)
      implements Job {
    @Override
    public List<Job> needs() {
      return List.of();
    }

    @Override
    public String lock() {
      return tuning;
    }

    /** The branches that a gray-box attacker holds. */
    List<String> hardenedBranches() {
      return config.branches().stream()
          .filter(branch -> branch.role() == Role.MPAE)
          .map(branch -> branch.name())
          .collect(Collectors.toList());
    }
  }

  /** Puts a task's heads into a bundle. */
  record Adapt(String id, long seed, Harden bundle, AdaptConfig config, double passes)
      implements Job {
    @Override
    public List<Job> needs() {
      return List.of(bundle);
    }

    @Override
    public String lock() {
      return bundle.id();
    }
  }

  /**
   * Crafts a universal perturbation.
   *
   * @param victim the public encoder
   * @param bundle the bundle whose hardened encoders are attacked instead; null: the victim is
   */
  record Craft(
      String id,
      long seed,
      AttackConfig config,
      String victim,
      @Nullable Harden bundle,
      double passes)
      implements Job {
    @Override
    public List<Job> needs() {
      return bundle == null ? List.of() : List.of(bundle);
    }
  }

  /**
   * Shows models the test images, clean and under one attack, and writes a cell for each model.
   *
   * @param victim the name of the victim
   * @param craft makes the perturbation; null: the attack is sample-wise
   * @param target the model that a sample-wise attack aims at
   * @param cells the models, each with the file of its cell
   */
  record Measure(
      String id,
      long seed,
      String victim,
      GridAttack attack,
      AdaptConfig task,
      @Nullable Craft craft,
      Adapt target,
      List<Cell> cells,
      double passes)
      implements Job {
    public Measure {
      cells = List.copyOf(cells);
    }

    @Override
    public List<Job> needs() {
      return craft == null ? List.of(target) : List.of(craft, target);
    }

    @Override
    public List<Job> after() {
      return cells.stream().<Job>map(Cell::model).toList();
    }
  }

  /**
   * Checks a model.
   *
   * @param victim the name of the victim
   * @param measures those whose attacks are checked with it
   * @param thorough whether the model is attacked for it
   */
  record Audit(
      String id,
      long seed,
      String victim,
      Adapt model,
      List<Measure> measures,
      boolean thorough,
      double passes)
      implements Job {
    public Audit {
      measures = List.copyOf(measures);
    }

    @Override
    public List<Job> needs() {
      return List.of(model);
    }

    @Override
    public List<Job> after() {
      return measures.stream()
          .map(Measure::craft)
          .filter(Objects::nonNull)
          .map(Job.class::cast)
          .toList();
    }
  }

  /**
   * One model under one attack: the smallest piece of a result.
   *
   * @param file the name of its file among the cells
   */
  record Cell(String file, Adapt model) {
    /** The name of the defence. */
    public String defence() {
      return model.bundle().defence();
    }
  }
}
