package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.StateDict;

/**
 * Crafts one perturbation of the size of the surrogate images, in epochs over them. It begins at a
 * point drawn uniformly from the ball, unless the method moves it; the order is drawn anew for each
 * epoch; a last batch that is short is a step like any other, and where there are fewer images than
 * a batch wants, all of them are one. The victim's parameters are frozen meanwhile. Labels are not
 * read.
 *
 * <p>A checkpoint is saved after each epoch; continued from it, with the same settings, the numbers
 * are those of a crafting that was never interrupted.
 */
public final class EpochwiseAttack implements UniversalAttack {
  private static final String IDENTITY = "attack";

  private final Settings settings;
  private final Method method;

  /** An attack of these settings by this method. */
  public EpochwiseAttack(Settings settings, Method method) {
    this.settings = settings;
    this.method = method;
  }

  /** What is an attack's own. */
  @FunctionalInterface
  public interface Method {
    /**
     * Begins a crafting; where it is continued, the state is overwritten afterwards.
     *
     * @throws ZepadException of kind USAGE for a victim or images that do not suit
     */
    Crafting begin(Scene scene);
  }

  /**
   * What every attack sets.
   *
   * @param name of the attack
   * @param epsilon the radius of the L-infinity ball, in pixel units
   * @param epochs passes over the images
   * @param batchSize images a step
   * @param options all options; a checkpoint is continued under the very same ones only
   */
  public record Settings(String name, double epsilon, int epochs, int batchSize, Record options) {}

  @Override
  public Budget budget() {
    return new Budget(Norm.LINF, settings.epsilon());
  }

  @Override
  public Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context) {
    if (surrogate.size() == 0) {
      throw ZepadException.usage(settings.name() + ": there are no surrogate images; give some.");
    }
    try (Frozen frozen = new Frozen(victim.state());
        NDManager scope = context.manager().newSubManager()) {
      NDArray delta = craft(victim, surrogate, context, scope).squeeze(0).duplicate();
      delta.attach(context.manager());
      return Perturbation.additive(delta, budget());
    }
  }

  private NDArray craft(
      Encoder victim, ImageBatches surrogate, RunContext context, NDManager scope) {
    SplittableRandom random = context.random();
    StateDict state = new StateDict(scope);
    state.buffer(
        Scene.PERTURBATION,
        new Ball(settings.epsilon()).uniform(random.split(), surrogate.imageSize(), scope));
    Crafting crafting =
        method.begin(
            new Scene(
                settings.name(), victim, surrogate, state, random.split(), scope, context.ops()));
    String identity = identity(victim, surrogate, context);
    int done = resume(state, identity, context);
    long steps = (surrogate.size() - 1L) / settings.batchSize() + 1;
    context.progress().start(settings.name(), settings.epochs() * steps);
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      // Drawn for the epochs that are done, too: the next ones then get their own.
      SplittableRandom own = random.split();
      if (epoch >= done) {
        OptionalLong order = OptionalLong.of(own.nextLong());
        Steps taken = new Steps(crafting, own, context, epoch * steps);
        surrogate.forEach(settings.batchSize(), order, taken::step);
        crafting.endEpoch();
        requireFinite(state.get(Scene.PERTURBATION));
        context.checkpoint().save(epoch + 1, state.tensors(), Map.of(IDENTITY, identity));
      }
    }
    return crafting.result();
  }

  private int resume(StateDict state, String identity, RunContext context) {
    try (NDManager scope = context.manager().newSubManager()) {
      Checkpoint.Saved saved = context.checkpoint().load(scope).orElse(null);
      if (saved == null) {
        return 0;
      }
      if (!identity.equals(saved.values().get(IDENTITY))) {
        throw ZepadException.usage(
            settings.name()
                + ": the checkpoint was made with other settings, "
                + saved.values().get(IDENTITY)
                + ", than now, "
                + identity
                + ". Use the same settings, or delete the checkpoint to start anew.");
      }
      state.load(saved.tensors());
      return Math.toIntExact(saved.step());
    }
  }

  private String identity(Encoder victim, ImageBatches surrogate, RunContext context) {
    return settings.name()
        + " with "
        + settings.options()
        + " against "
        + victim.info().backbone()
        + " of "
        + victim.info().method()
        + " ("
        + Integer.toHexString(victim.info().toString().hashCode())
        + ")"
        + " on "
        + surrogate.size()
        + " images of side "
        + surrogate.imageSize()
        + " with seed "
        + context.seed();
  }

  private void requireFinite(NDArray delta) {
    try (NDArray sum = delta.sum()) {
      requireFinite("perturbation", sum.getFloat());
    }
  }

  private void requireFinite(String what, float value) {
    if (!Float.isFinite(value)) {
      throw ZepadException.input(
          settings.name()
              + ": the "
              + what
              + " is not finite ("
              + value
              + "). What the victim makes of the surrogate images, or of their perturbed versions,"
              + " is not finite: check the encoder's weights and pre-processing.");
    }
  }

  /** The steps of one epoch. */
  private final class Steps {
    private final Crafting crafting;
    private final SplittableRandom random;
    private final RunContext context;
    private long done;

    Steps(Crafting crafting, SplittableRandom random, RunContext context, long done) {
      this.crafting = crafting;
      this.random = random;
      this.context = context;
      this.done = done;
    }

    void step(ImageBatches.Batch batch) {
      try (NDManager scope = batch.images().getManager().newSubManager()) {
        NDArray images = context.ops().detach(batch.images());
        images.attach(scope);
        float value = crafting.step(new Objective.Batch(images, batch.indices(), random.split()));
        requireFinite("objective", value);
        context.progress().update(++done, String.format(Locale.ROOT, "objective %.5g", value));
      }
    }
  }
}
