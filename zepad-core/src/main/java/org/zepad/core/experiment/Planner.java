package org.zepad.core.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.defence.Role;
import org.zepad.core.encoder.Zoo;
import org.zepad.core.io.Sha256;
import org.zepad.core.pipeline.AdaptConfig;
import org.zepad.core.pipeline.AttackConfig;
import org.zepad.core.pipeline.BranchConfig;
import org.zepad.core.pipeline.Choice;
import org.zepad.core.pipeline.HardenConfig;
import org.zepad.core.pipeline.Identity;
import org.zepad.core.plugin.PluginRegistry;

/**
 * Turns a grid into jobs, in an order in which they can be done. Work that several cells share is
 * one job. Ids are fingerprints of configuration, seed and encoder files; whether the data are
 * still the same is checked by the steps themselves.
 */
final class Planner {
  private static final int DIGITS = 12;

  private final PluginRegistry plugins;
  private final Costs costs;
  private final Map<String, String> hashes = new LinkedHashMap<>();

  Planner(PluginRegistry plugins, Costs costs) {
    this.plugins = plugins;
    this.costs = costs;
  }

  /** The jobs of a grid, each after those that it needs. */
  List<Job> plan(Grid grid) {
    List<Job> jobs = new ArrayList<>();
    for (long seed : grid.seeds()) {
      for (Victim victim : grid.victims()) {
        new Part(grid, seed, victim, jobs).plan();
      }
    }
    return List.copyOf(jobs);
  }

  private String hash(String encoder) {
    return hashes.computeIfAbsent(encoder, e -> Sha256.of(new Zoo(plugins).file(e)));
  }

  private boolean isUniversal(Choice attack) {
    return plugins.createAttack(attack.name(), attack.options()) instanceof UniversalAttack;
  }

  private static String id(String readable, long seed, String fingerprint) {
    return readable + "-s" + seed + "-" + fingerprint.substring(0, DIGITS);
  }

  /** What belongs to one seed and one victim: nothing is shared beyond it. */
  private final class Part {
    private final Grid grid;
    private final long seed;
    private final Victim victim;
    private final List<Job> jobs;
    private final List<Job.Harden> bundles = new ArrayList<>();
    private final Set<String> tuned = new HashSet<>();

    Part(Grid grid, long seed, Victim victim, List<Job> jobs) {
      this.grid = grid;
      this.seed = seed;
      this.victim = victim;
      this.jobs = jobs;
    }

    void plan() {
      bundles.add(
          harden(
              new GridDefence(
                  Grid.UNDEFENDED,
                  new Choice("none", Map.of()),
                  List.of(),
                  new Choice("equal", Map.of()),
                  new Choice("confidence-gap", Map.of()))));
      grid.defences().forEach(defence -> bundles.add(harden(defence)));
      jobs.addAll(bundles);
      Map<String, List<Job.Adapt>> models = new LinkedHashMap<>();
      for (AdaptConfig task : grid.tasks()) {
        List<Job.Adapt> adapted = bundles.stream().map(bundle -> adapt(bundle, task)).toList();
        models.put(task.taskName(), adapted);
        jobs.addAll(adapted);
      }
      int before = jobs.size();
      for (GridAttack attack : grid.attacks()) {
        boolean universal = isUniversal(attack.attack());
        if (attack.against() == Against.VICTIM) {
          Job.Craft craft = universal ? craft(attack, null) : null;
          for (AdaptConfig task : grid.tasks()) {
            List<Job.Adapt> all = Objects.requireNonNull(models.get(task.taskName()));
            measure(attack, task, craft, all.get(0), all);
          }
        } else {
          for (int i = 0; i < bundles.size(); i++) {
            Job.Craft craft = universal ? craft(attack, bundles.get(i)) : null;
            for (AdaptConfig task : grid.tasks()) {
              List<Job.Adapt> all = Objects.requireNonNull(models.get(task.taskName()));
              Job.Adapt model = all.get(i);
              measure(attack, task, craft, model, shown(universal, model, all));
            }
          }
        }
      }
      List<Job> since = List.copyOf(jobs.subList(before, jobs.size()));
      models.values().forEach(all -> all.forEach(model -> audit(model, since)));
    }

    /** Checks a model with the attacks that concern it. */
    private void audit(Job.Adapt model, List<Job> since) {
      List<Job.Measure> measures = new ArrayList<>();
      for (Job job : since) {
        if (job instanceof Job.Measure measure && concerns(measure, model)) {
          measures.add(measure);
        }
      }
      String ids = measures.stream().map(Job.Measure::id).toList().toString();
      String readable =
          "audit-"
              + victim.name()
              + "-"
              + model.bundle().defence()
              + "-"
              + model.config().taskName();
      jobs.add(
          new Job.Audit(
              id(
                  readable,
                  seed,
                  Identity.of(
                      model.config(), seed, model.id(), ids, Boolean.toString(grid.audit()))),
              seed,
              victim.name(),
              model,
              measures,
              grid.audit(),
              costs.audit(model, grid.audit())));
    }

    /** Perturbations are put beside noise on the undefended victim, attacks that aim tested. */
    private static boolean concerns(Job.Measure measure, Job.Adapt model) {
      return measure.target().equals(model)
          && (measure.craft() == null || measure.attack().against() == Against.VICTIM);
    }

    /** A perturbation for hardened encoders is shown to the undefended victim, too. */
    private List<Job.Adapt> shown(boolean universal, Job.Adapt model, List<Job.Adapt> all) {
      return universal && !model.equals(all.get(0)) ? List.of(all.get(0), model) : List.of(model);
    }

    private Job.Harden harden(GridDefence defence) {
      List<BranchConfig> branches = defence.branches().stream().map(this::withEncoder).toList();
      HardenConfig config =
          new HardenConfig(
              branches, defence.defence(), grid.tuning(), defence.fusion(), defence.detector());
      List<String> encoders = branches.stream().map(b -> hash(b.encoder())).toList();
      String fingerprint = Identity.of(config, seed, encoders.toString());
      String tuning =
          Identity.of(
              new HardenConfig(List.of(), defence.defence(), grid.tuning(), Costs.NONE, Costs.NONE),
              seed,
              hash(victim.encoder()));
      return new Job.Harden(
          id("harden-" + victim.name() + "-" + defence.name(), seed, fingerprint),
          seed,
          defence.name(),
          config,
          "tuning-" + tuning.substring(0, DIGITS),
          costs.harden(config, newlyTuned(tuning, branches)));
    }

    /** How many branches no bundle before has tuned in the same folder. */
    private int newlyTuned(String tuning, List<BranchConfig> branches) {
      int fresh = 0;
      for (BranchConfig branch : branches) {
        boolean isNew = tuned.add(tuning + branch.name() + hash(branch.encoder()));
        fresh += isNew && branch.role() == Role.MPAE ? 1 : 0;
      }
      return fresh;
    }

    private BranchConfig withEncoder(BranchConfig branch) {
      return branch.encoder().equals(GridDefence.VICTIM)
          ? new BranchConfig(branch.name(), branch.role(), victim.encoder())
          : branch;
    }

    private Job.Adapt adapt(Job.Harden bundle, AdaptConfig task) {
      String readable = "adapt-" + victim.name() + "-" + bundle.defence() + "-" + task.taskName();
      return new Job.Adapt(
          id(readable, seed, Identity.of(task, seed, bundle.id())),
          seed,
          bundle,
          task,
          costs.adapt(bundle.config(), task));
    }

    private Job.Craft craft(GridAttack attack, Job.@Nullable Harden bundle) {
      AttackConfig config = new AttackConfig(attack.attack(), grid.surrogate());
      String whom = bundle == null ? hash(victim.encoder()) : bundle.id();
      String readable =
          "craft-"
              + victim.name()
              + "-"
              + attack.name()
              + (bundle == null ? "" : "-" + bundle.defence());
      Job.Craft craft =
          new Job.Craft(
              id(readable, seed, Identity.of(config, seed, whom)),
              seed,
              config,
              victim.encoder(),
              bundle,
              costs.craft(config));
      jobs.add(craft);
      return craft;
    }

    private void measure(
        GridAttack attack,
        AdaptConfig task,
        Job.@Nullable Craft craft,
        Job.Adapt target,
        List<Job.Adapt> models) {
      String how = craft == null ? target.id() : craft.id();
      List<Job.Cell> cells =
          models.stream()
              .map(
                  model -> {
                    String readable =
                        String.join(
                            "-",
                            victim.name(),
                            task.taskName(),
                            attack.name(),
                            model.bundle().defence());
                    String fingerprint = Identity.of(attack, seed, how, model.id());
                    return new Job.Cell(id(readable, seed, fingerprint) + ".safetensors", model);
                  })
              .toList();
      String readable = "measure-" + victim.name() + "-" + task.taskName() + "-" + attack.name();
      if (attack.against() == Against.DEFENCE) {
        readable += "-" + target.bundle().defence();
      }
      jobs.add(
          new Job.Measure(
              id(readable, seed, Identity.of(attack, seed, cells.toString())),
              seed,
              victim.name(),
              attack,
              task,
              craft,
              target,
              cells,
              costs.measure(attack, task, models)));
    }
  }
}
