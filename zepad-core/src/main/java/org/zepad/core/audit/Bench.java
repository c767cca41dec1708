package org.zepad.core.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.defence.Defence;
import org.zepad.core.attack.AssertingAttacks;
import org.zepad.core.evaluate.AttackRun;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.metrics.Ranking;

/** What checks work with: models, images, attacks, and what was measured. */
final class Bench {
  private static final int BATCH = 64;

  private final List<Subject> subjects;
  private final List<AttackRun> attacks;
  private final Sample sample;
  private final Defence.Attacks byName;
  private final RunContext context;
  private final Map<String, boolean[]> underPgd = new HashMap<>();
  private final Map<String, float[]> logits = new HashMap<>();

  Bench(
      List<Subject> subjects,
      List<AttackRun> attacks,
      Sample sample,
      Defence.Attacks byName,
      RunContext context) {
    this.subjects = subjects;
    this.attacks = attacks;
    this.sample = sample;
    this.byName = byName;
    this.context = context;
  }

  List<Subject> subjects() {
    return subjects;
  }

  /** The attacks that were evaluated. */
  List<AttackRun> attacks() {
    return attacks;
  }

  Sample sample() {
    return sample;
  }

  RunContext context() {
    return context;
  }

  /**
   * A sample-wise attack of the registry.
   *
   * @throws MissingAttack if there is none of that name, or it takes other options
   */
  SampleAttack attack(String name, Map<String, Object> options) {
    Attack attack;
    try {
      attack = byName.attack(name, options);
    } catch (ZepadException e) {
      if (e.kind() != ZepadException.Kind.USAGE) {
        throw e;
      }
      throw new MissingAttack(String.valueOf(e.getMessage()));
    }
    if (!(attack instanceof SampleAttack sampleAttack)) {
      throw new MissingAttack("attack '" + name + "' does not work on single images");
    }
    return AssertingAttacks.check(name, sampleAttack);
  }

  /** The logits of the whole sample at once, row by row; computed once. */
  float[] logits(Subject subject) {
    return logits.computeIfAbsent(subject.name(), name -> logits(subject, sample.images()));
  }

  /** The logits of images as the model is judged, row by row. */
  float[] logits(Subject subject, NDArray images) {
    // A scope of its own frees a model's intermediate tensors at once.
    try (NDManager scope = images.getManager().newSubManager()) {
      NDArray own = context.ops().detach(images);
      own.attach(scope);
      return subject.scorer().score(own).logits().toFloatArray();
    }
  }

  /** Which images of the sample are classified rightly. */
  boolean[] clean(Subject subject) {
    boolean[] rights = new boolean[sample.size()];
    forEachBatch((images, from) -> mark(rights, from, logits(subject, images)));
    return rights;
  }

  /** Which images of the sample are still classified rightly when the attack aims at the model. */
  boolean[] under(Subject subject, SampleAttack attack, String label) {
    boolean[] rights = new boolean[sample.size()];
    forEachBatch(
        (images, from) -> {
          int count = (int) images.getShape().get(0);
          long[] labels = new long[count];
          System.arraycopy(sample.labels(), from, labels, 0, count);
          NDManager scope = images.getManager();
          try (RunContext part = context.child(label + "-" + from)) {
            NDArray attacked = attack.perturb(subject.target(), images, scope.create(labels), part);
            attacked.attach(scope);
            mark(rights, from, logits(subject, attacked));
          }
        });
    return rights;
  }

  /**
   * Which images withstand projected gradient descent; crafted once for each model and epsilon.
   *
   * @param epsilon the largest change, L-infinity; 0 for the clean images
   * @throws MissingAttack without the attack
   */
  boolean[] underPgd(Subject subject, double epsilon) {
    return underPgd.computeIfAbsent(
        subject.name() + " " + epsilon,
        key ->
            epsilon == 0
                ? clean(subject)
                : under(subject, attack(Pgd.NAME, Pgd.options(epsilon)), "pgd"));
  }

  /** What is done with some images of the sample, the first of which has that number. */
  @FunctionalInterface
  interface BatchConsumer {
    void accept(NDArray images, int from);
  }

  private void forEachBatch(BatchConsumer consumer) {
    for (int from = 0; from < sample.size(); from += BATCH) {
      try (NDManager scope = context.manager().newSubManager()) {
        consumer.accept(sample.rows(from, Math.min(sample.size(), from + BATCH), scope), from);
      }
    }
  }

  private void mark(boolean[] rights, int from, float[] logits) {
    int classes = logits.length / Math.min(BATCH, sample.size() - from);
    for (int i = 0; i < logits.length / classes; i++) {
      rights[from + i] = Ranking.argMax(logits, i, classes) == sample.labels()[from + i];
    }
  }
}
