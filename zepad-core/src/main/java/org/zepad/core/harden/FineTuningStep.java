package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.core.head.Head;

/**
 * One step of fine-tuning, in three parts: {@link #adversarial attack}, {@link #accumulate loss and
 * gradients}, {@link #update}. What is minimised says the {@link Objective}.
 *
 * <p>Policy, where the published code leaves it to chance:
 *
 * <ul>
 *   <li>The attack runs in evaluation mode (running statistics, no dropout) and differentiates by
 *       the pixels alone: parameters record no gradient, and none is left behind.
 *   <li>Then, in training mode, the adversarial batch passes first and the clean batch second. Each
 *       is normalised by its own batch statistics, each updates the running statistics, in this
 *       order, so that clean images have the last word; each draws its own dropout mask.
 *   <li>Gradients flow into all that the objective makes of clean and adversarial logits.
 * </ul>
 *
 * <p>It owns its optimizers and nothing else. One thread.
 */
public final class FineTuningStep implements AutoCloseable {
  private final Recipe recipe;
  private final TuningOptions options;
  private final Learner learner;
  private final RunContext context;
  private final Optimizer encoderOptimizer;
  private final Optimizer headOptimizer;

  /**
   * Prepares ZePAD's steps on an encoder and a head, which they change.
   *
   * @param options learning rates, weights of the loss; the attack named there is not used
   * @param attack makes the adversarial batches
   * @param context gradients, seeds; the optimizers live in its scope
   */
  public FineTuningStep(
      FineTuningOptions options,
      SampleAttack attack,
      Encoder encoder,
      Head head,
      RunContext context) {
    this(options.recipe(attack), Learner.whole(encoder, head), context);
  }

  /** Prepares steps by a recipe on a model, which they change. */
  FineTuningStep(Recipe recipe, Learner learner, RunContext context) {
    this.recipe = recipe;
    this.options = recipe.options();
    this.learner = learner;
    this.context = context;
    OptimizerSpec adam = OptimizerSpec.Adam.of(options.weightDecay());
    this.encoderOptimizer = context.optimizer(adam, learner.encoder().state());
    this.headOptimizer = context.optimizer(adam, learner.head().state());
    learner.requireGradients(false);
  }

  /** The moments of the encoder's optimizer. */
  Optimizer encoderOptimizer() {
    return encoderOptimizer;
  }

  /** The moments of the head's optimizer. */
  Optimizer headOptimizer() {
    return headOptimizer;
  }

  /**
   * Attacks a batch as training does it, which {@link Compat} may spoil; gives the images
   * themselves where the objective needs no attack.
   *
   * @param images (N, 3, H, W) in [0, 1]
   * @param labels (N) int64
   * @param label names the batch; the attack's seed is derived from it
   * @return (N, 3, H, W) in [0, 1], detached, owned by the manager of the images
   */
  public NDArray adversarial(NDArray images, NDArray labels, String label) {
    if (!recipe.objective().attacks()) {
      return images;
    }
    if (options.compat() == Compat.SOUND) {
      try (NDManager scope = context.manager().newSubManager()) {
        return attacked(recipe.teacher(), evaluation(scope), images, labels, label);
      }
    }
    Target target = unnormalised();
    List<NDArray> visited = new ArrayList<>();
    NDArray result =
        attacked(
            recipe.teacher(),
            x -> {
              visited.add(Scopes.copy(context.ops().detach(x), images.getManager()));
              return target.logits(x);
            },
            images,
            labels,
            label);
    pileUp(target, visited, labels);
    return result;
  }

  /**
   * Leaves behind the gradients of the mean cross-entropy at every point the attack went through.
   */
  private void pileUp(Target target, List<NDArray> visited, NDArray labels) {
    learner.requireGradients(true);
    try {
      for (NDArray x : visited) {
        try (NDManager scope = x.getManager().newSubManager()) {
          x.attach(scope);
          context.ops().backward(() -> CrossEntropy.perSample(target.logits(x), labels).mean());
        }
      }
    } finally {
      learner.requireGradients(false);
    }
  }

  /**
   * Computes the loss in training mode and adds its gradients to the parameters'.
   *
   * @param images (N, 3, H, W) in [0, 1], N at least 2
   * @param adversarial likewise, attacked
   * @param labels (N) int64
   */
  public Losses accumulate(NDArray images, NDArray adversarial, NDArray labels) {
    Objective.Batch batch = new Objective.Batch(learner::logits, images, adversarial, labels);
    Objective.Loss[] made = new Objective.Loss[1];
    learner.requireGradients(true);
    try {
      float total =
          context
              .ops()
              .backward(
                  () -> {
                    made[0] = recipe.objective().loss(batch);
                    return made[0].total();
                  });
      return new Losses(total, values(made[0].parts()));
    } finally {
      learner.requireGradients(false);
    }
  }

  private static Map<String, Float> values(Map<String, NDArray> parts) {
    Map<String, Float> values = new LinkedHashMap<>();
    parts.forEach(
        (name, part) ->
            values.put(
                name,
                part.getDataType() == DataType.FLOAT64
                    ? (float) part.getDouble()
                    : part.getFloat()));
    return values;
  }

  /**
   * Moves encoder and head along the gathered gradients and clears these.
   *
   * @param factor multiplies both learning rates
   */
  public void update(double factor) {
    encoderOptimizer.step(options.encoderLearningRate() * factor);
    headOptimizer.step(options.headLearningRate() * factor);
  }

  /** Forgets the gathered gradients without moving anything. */
  public void clear() {
    encoderOptimizer.zeroGradients();
    headOptimizer.zeroGradients();
  }

  /** The model in evaluation mode, as {@link Learner#evaluation}. */
  Target evaluation(NDManager scope) {
    return learner.evaluation(scope);
  }

  /** Attacks a batch as validation does it; arguments and result as of {@link #adversarial}. */
  NDArray judged(Target target, NDArray images, NDArray labels, String label) {
    return attacked(recipe.judge(), target, images, labels, label);
  }

  private NDArray attacked(
      SampleAttack attack, Target target, NDArray images, NDArray labels, String label) {
    try (RunContext part = context.child(label)) {
      return attack.perturb(target, images, labels, part);
    }
  }

  @Override
  public void close() {
    encoderOptimizer.close();
    headOptimizer.close();
  }

  /** The model as the published code attacks it: as if the encoder did not normalise. */
  private Target unnormalised() {
    Encoder encoder = learner.encoder();
    return images -> {
      NDManager scope = images.getManager();
      NDArray mean = perChannel(scope, encoder.info().preprocessing().mean());
      NDArray std = perChannel(scope, encoder.info().preprocessing().std());
      return learner.head().logits(encoder.features(images.mul(std).add(mean), false), false);
    };
  }

  private static NDArray perChannel(NDManager scope, List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return scope.create(floats, new Shape(1, floats.length, 1, 1));
  }

  /**
   * The loss of one batch.
   *
   * @param total what is minimised
   * @param parts what the {@link Objective} makes it of, by name, before they are weighted
   */
  public record Losses(float total, Map<String, Float> parts) {
    /** Copies the parts. */
    public Losses {
      parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
  }
}
