package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Target;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;

/**
 * How much each layer contributes to robustness: by how much the loss on attacked images can be
 * raised by moving that layer alone (Gen-AF, Zhou et al., IEEE S&amp;P 2024, and its published
 * code). For every convolution and linear layer W by itself, from its weights W0:
 *
 * <pre>
 * repeat steps times:
 *   W = W + gradient by W of the mean cross-entropy over all images
 *   if |W - W0| > epsilon |W0|: W = W0 + epsilon |W0| (W - W0) / |W - W0|
 * contribution = the largest mean cross-entropy after a step, at least 0, - that at W0
 * </pre>
 *
 * <p>Evaluation mode throughout; biases stay. The loss after a step is that of the next step's
 * pass, so a layer costs one pass more than it makes steps.
 *
 * @param epsilon how far a layer is moved, relative to its Frobenius norm, at least 0
 * @param steps of ascent, at least 1
 */
public record LayerContributions(double epsilon, int steps) {
  private static final String WEIGHT = "weight";

  /**
   * Ranks the layers of a model.
   *
   * @param state its tensors, which are moved and moved back; gradients are not recorded by any of
   *     them afterwards
   * @param model pixels to logits (N, C) in evaluation mode, differentiable down to the weights
   * @param images batches of attacked images (N, 3, H, W) with their labels (N), at least one
   * @param context gradients, progress
   */
  public Ranking of(StateDict state, Target model, List<Labelled> images, RunContext context) {
    state.requireGradients(false);
    List<String> layers = layers(state);
    Map<String, Double> contributions = new LinkedHashMap<>();
    try (NDManager scope = context.manager().newSubManager();
        Optimizer descent = context.optimizer(new OptimizerSpec.Sgd(0, false, 0), state)) {
      Loss loss = new Loss(model, images, context);
      double base = loss.value();
      context.progress().start("rank layers", layers.size());
      for (String layer : layers) {
        NDArray weight = state.get(layer);
        contributions.put(layer, raised(weight, loss, descent, scope) - base);
        context.progress().update(contributions.size(), layer);
      }
      return new Ranking(base, contributions);
    }
  }

  /** The weights of the convolution and linear layers: the matrices and kernels, in their order. */
  static List<String> layers(StateDict state) {
    return state.parameters().entrySet().stream()
        .filter(p -> p.getKey().equals(WEIGHT) || p.getKey().endsWith("." + WEIGHT))
        .filter(p -> p.getValue().getShape().dimension() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The largest loss on the way up; the weight is back where it was afterwards. */
  private double raised(NDArray weight, Loss loss, Optimizer descent, NDManager parent) {
    try (NDManager scope = parent.newSubManager()) {
      NDArray start = Scopes.copy(weight, scope);
      double largest = 0;
      try {
        for (int step = 1; step <= steps; step++) {
          double before = loss.ascend(weight, descent);
          // The first is the loss at the start, which is no loss after a step.
          largest = step > 1 ? Math.max(largest, before) : largest;
          keepNear(start, weight, scope);
        }
        return Math.max(largest, loss.value());
      } finally {
        start.copyTo(weight);
      }
    }
  }

  private void keepNear(NDArray start, NDArray weight, NDManager parent) {
    try (NDManager scope = parent.newSubManager()) {
      NDArray moved = Scopes.copy(weight, scope).sub(start);
      double length = moved.norm().getFloat();
      double longest = epsilon * start.norm().getFloat();
      if (length > longest) {
        Scalars.times(moved, longest / length).add(start).copyTo(weight);
      }
    }
  }

  /**
   * What ranking came to.
   *
   * @param loss the mean cross-entropy of the unmoved model, in nats
   * @param contributions by the name of each layer's weight, in the model's order
   */
  public record Ranking(double loss, Map<String, Double> contributions) {
    /** Copies the contributions. */
    public Ranking {
      contributions = Collections.unmodifiableMap(new LinkedHashMap<>(contributions));
    }

    /**
     * The weights of the layers that contribute least.
     *
     * @param share of all layers, rounded down to a whole number of them
     */
    public List<String> least(double share) {
      List<String> sorted = new ArrayList<>(contributions.keySet());
      sorted.sort(Comparator.comparing(contributions::get));
      // A share such as 0.2 of 15 is meant to be 3, whatever its last bit.
      return List.copyOf(sorted.subList(0, (int) Math.floor(share * sorted.size() + 1e-9)));
    }
  }

  /**
   * Images with their labels.
   *
   * @param images (N, 3, H, W)
   * @param labels (N) int64
   */
  public record Labelled(NDArray images, NDArray labels) {}

  /** The mean cross-entropy over all images, batch by batch. */
  private record Loss(Target model, List<Labelled> images, RunContext context) {

    double value() {
      double sum = 0;
      for (Labelled batch : images) {
        try (NDManager scope = context.manager().newSubManager()) {
          sum += sum(batch, scope).getFloat();
        }
      }
      return sum / count();
    }

    /** One step up from here, and the loss before it. */
    double ascend(NDArray weight, Optimizer descent) {
      double sum = 0;
      weight.setRequiresGradient(true);
      try {
        for (Labelled batch : images) {
          try (NDManager scope = context.manager().newSubManager()) {
            sum -=
                context
                    .ops()
                    .backward(() -> Scalars.over(sum(batch, scope).neg(), (double) count()));
          }
        }
      } finally {
        weight.setRequiresGradient(false);
      }
      descent.step(1);
      return sum;
    }

    private NDArray sum(Labelled batch, NDManager scope) {
      NDArray pixels = Scopes.copy(batch.images(), scope);
      return CrossEntropy.perSample(model.logits(pixels), batch.labels()).sum();
    }

    private long count() {
      return images.stream().mapToLong(batch -> batch.labels().size()).sum();
    }
  }
}
