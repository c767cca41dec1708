package org.zepad.core.audit;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.zepad.api.RunContext;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.defence.Defence;
import org.zepad.core.evaluate.AttackRun;
import org.zepad.core.evaluate.BenignShift;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Findings;
import org.zepad.core.evaluate.Subject;

/**
 * Checks an evaluation. The fast checks make some passes over at most {@value #FAST_IMAGES} images;
 * the whole audit attacks every model on at most {@value #AUDIT_IMAGES} of them, and looks at
 * unusual benign images besides. Not thread-safe.
 */
public final class Audit {
  static final int FAST_IMAGES = 128;
  static final int AUDIT_IMAGES = 64;

  private static final List<SelfCheck> FAST =
      List.of(
          new EpsilonZero(),
          new Randomised(),
          new BatchDependence(),
          new ProbabilitiesAsLogits(),
          new ZeroGradients(),
          new NoBetterThanNoise());

  private static final List<SelfCheck> THOROUGH =
      List.of(
          new MaskedGradients(),
          new NotMonotone(),
          new OneStepBeatsIterative(),
          new GradientFreeBeatsGradient(),
          new PlantedExample());

  private final List<Subject> subjects;
  private final ImageBatches test;
  private final Defence.Attacks attacks;
  private final RunContext context;

  /**
   * An audit.
   *
   * @param subjects the evaluated models
   * @param test the test images, at least one
   * @param attacks where attacks are found by name; of those that are missing the checks are
   *     reported as not run
   * @param context seed, progress, operations
   */
  public Audit(
      List<Subject> subjects, ImageBatches test, Defence.Attacks attacks, RunContext context) {
    this.subjects = List.copyOf(subjects);
    this.test = test;
    this.attacks = attacks;
    this.context = context;
  }

  /**
   * The fast checks.
   *
   * @param runs the attacks that were evaluated
   * @param evaluated what that brought, in the same order
   */
  public Findings fast(List<AttackRun> runs, List<Evaluated> evaluated) {
    return models(runs).plus(measured(subjects.stream().map(Subject::name).toList(), evaluated));
  }

  /**
   * The fast checks of models and perturbations.
   *
   * @param runs the attacks that are evaluated; universal ones are put beside noise
   */
  public Findings models(List<AttackRun> runs) {
    try (RunContext part = context.child("self-checks");
        NDManager scope = part.manager().newSubManager()) {
      Sample sample = Sample.draw(test, FAST_IMAGES, scope);
      Bench bench = new Bench(subjects, runs, sample, attacks, part);
      return new Findings(run(FAST, bench, "self-checks"), List.of(), List.of());
    }
  }

  /**
   * The fast checks of what was measured; they need no model.
   *
   * @param models the names of the models
   */
  public static Findings measured(List<String> models, List<Evaluated> evaluated) {
    return new Findings(TransferBeatsWhiteBox.of(models, evaluated), List.of(), List.of());
  }

  /**
   * The checks that attack, the curves that they bring, and unusual benign images.
   *
   * @param runs the attacks that were evaluated
   */
  public Findings thorough(List<AttackRun> runs) {
    try (RunContext part = context.child("audit");
        NDManager scope = part.manager().newSubManager()) {
      Sample sample = Sample.draw(test, AUDIT_IMAGES, scope);
      Bench bench = new Bench(subjects, runs, sample, attacks, part);
      List<Check> checks = run(THOROUGH, bench, "auditing");
      return new Findings(
          checks, NotMonotone.curves(bench), Shifts.corrupted(subjects, test, part));
    }
  }

  /**
   * How often images of another data set are flagged.
   *
   * @param name the data set's
   * @param images its images, at least one; their labels are not looked at
   */
  public List<BenignShift> otherData(String name, ImageBatches images) {
    try (RunContext part = context.child("other-data")) {
      return Shifts.otherData(name, subjects, images, part);
    }
  }

  private List<Check> run(List<SelfCheck> checks, Bench bench, String what) {
    List<Check> results = new ArrayList<>();
    context.progress().start(what, checks.size());
    for (SelfCheck check : checks) {
      results.addAll(check.run(bench));
      context.progress().update(checks.indexOf(check) + 1L, "");
    }
    return results;
  }
}
