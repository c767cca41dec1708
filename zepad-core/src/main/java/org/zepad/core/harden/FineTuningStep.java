package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.zepad.api.RunContext;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.Scalars;
import org.zepad.core.head.Head;

/**
 * One step of adversarial fine-tuning, in three parts: {@link #adversarial attack}, {@link
 * #accumulate loss and gradients}, {@link #update}.
 *
 * <p>Policy, where the published code leaves it to chance:
 *
 * <ul>
 *   <li>The attack runs in evaluation mode (running statistics, no dropout) and differentiates by
 *       the pixels alone: parameters record no gradient, and none is left behind.
 *   <li>Then, in training mode, the adversarial batch passes first and the clean batch second. Each
 *       is normalised by its own batch statistics, each updates the running statistics, in this
 *       order, so that clean images have the last word; each draws its own dropout mask.
 *   <li>Gradients flow into the clean logits, the adversarial logits and the sample weights.
 * </ul>
 *
 * <p>It owns its optimizers and nothing else. One thread.
 */
public final class FineTuningStep implements AutoCloseable {
  private final FineTuningOptions options;
  private final SampleAttack attack;
  private final Encoder encoder;
  private final Head head;
  private final RunContext context;
  private final TopologyLoss topology;
  private final Optimizer encoderOptimizer;
  private final Optimizer headOptimizer;

  /**
   * Prepares steps on an encoder and a head, which they change.
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
    this.options = options;
    this.attack = attack;
    this.encoder = encoder;
    this.head = head;
    this.context = context;
    this.topology = new TopologyLoss(options.tpScale());
    OptimizerSpec adam = OptimizerSpec.Adam.of(options.weightDecay());
    this.encoderOptimizer = context.optimizer(adam, encoder.state());
    this.headOptimizer = context.optimizer(adam, head.state());
    requireGradients(false);
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
   * Attacks a batch as training does it, which {@link Compat} may spoil.
   *
   * @param images (N, 3, H, W) in [0, 1]
   * @param labels (N) int64
   * @param label names the batch; the attack's seed is derived from it
   * @return (N, 3, H, W) in [0, 1], detached, owned by the manager of the images
   */
  public NDArray adversarial(NDArray images, NDArray labels, String label) {
    if (options.compat() == Compat.SOUND) {
      try (NDManager scope = context.manager().newSubManager()) {
        return attacked(evaluation(scope), images, labels, label);
      }
    }
    Target target = unnormalised();
    List<NDArray> visited = new ArrayList<>();
    NDArray result =
        attacked(
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
    requireGradients(true);
    try {
      for (NDArray x : visited) {
        try (NDManager scope = x.getManager().newSubManager()) {
          x.attach(scope);
          context.ops().backward(() -> CrossEntropy.perSample(target.logits(x), labels).mean());
        }
      }
    } finally {
      requireGradients(false);
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
    requireGradients(true);
    try {
      NDArray[] parts = new NDArray[2];
      float total = context.ops().backward(() -> loss(images, adversarial, labels, parts));
      return new Losses((float) parts[0].getDouble(), parts[1].getFloat(), total);
    } finally {
      requireGradients(false);
    }
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

  /**
   * The model in evaluation mode, from pixels to logits.
   *
   * @param scope owns what the encoder prepares; valid until it closes or the weights change
   */
  Target evaluation(NDManager scope) {
    UnaryOperator<NDArray> features = encoder.evaluator(scope);
    return images -> head.logits(features.apply(images), false);
  }

  /** Attacks a model as it is; arguments and result as of {@link #adversarial}. */
  NDArray attacked(Target target, NDArray images, NDArray labels, String label) {
    try (RunContext part = context.child(label)) {
      return attack.perturb(target, images, labels, part);
    }
  }

  @Override
  public void close() {
    encoderOptimizer.close();
    headOptimizer.close();
  }

  private NDArray loss(NDArray images, NDArray adversarial, NDArray labels, NDArray[] parts) {
    NDArray attacked = logits(adversarial);
    NDArray clean = logits(images);
    NDArray weights = CrossEntropy.perSample(clean, labels);
    parts[0] = topology.of(clean, attacked, labels, weights);
    parts[1] = CrossEntropy.perSample(attacked, labels).mean();
    return Scalars.times(parts[0], options.tpWeight()).add(parts[1]);
  }

  private NDArray logits(NDArray images) {
    return head.logits(encoder.features(images, true), true);
  }

  private void requireGradients(boolean on) {
    encoder.state().requireGradients(on);
    head.state().requireGradients(on);
  }

  /** The model as the published code attacks it: as if the encoder did not normalise. */
  private Target unnormalised() {
    return images -> {
      NDManager scope = images.getManager();
      NDArray mean = perChannel(scope, encoder.info().preprocessing().mean());
      NDArray std = perChannel(scope, encoder.info().preprocessing().std());
      return head.logits(encoder.features(images.mul(std).add(mean), false), false);
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
   * @param topology the topology-preservation loss, a sum over pairs
   * @param adversarial the mean cross-entropy of the attacked images, in nats
   * @param total the weighted sum that is minimised
   */
  public record Losses(float topology, float adversarial, float total) {}
}
