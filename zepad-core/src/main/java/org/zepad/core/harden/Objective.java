package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a fine-tuning minimises, on which images, and by which figure it chooses an epoch. */
public interface Objective {

  /** Names the objective, in kebab case; saved work of another one is not continued. */
  String name();

  /** Whether batches are attacked while the model learns from them. */
  boolean attacks();

  /** Which epoch's weights are kept. */
  EpochChoice choice();

  /**
   * The loss of a batch.
   *
   * <p>An objective that looks at both versions of the images passes the attacked ones first, so
   * that clean images have the last word in the running statistics.
   */
  Loss loss(Batch batch);

  /**
   * A batch that is learnt from.
   *
   * @param model pixels (N, 3, H, W) to logits (N, C) as while training, differentiable; every call
   *     is a pass of its own, with its own dropout mask
   * @param images (N, 3, H, W) in [0, 1]
   * @param adversarial likewise, attacked; the images themselves for an objective without an attack
   * @param labels (N) int64
   */
  record Batch(UnaryOperator<NDArray> model, NDArray images, NDArray adversarial, NDArray labels) {

    /** The logits of the clean images. */
    NDArray clean() {
      return model.apply(images);
    }

    /** The logits of the attacked images. */
    NDArray attacked() {
      return model.apply(adversarial);
    }
  }

  /**
   * A loss and what it is made of.
   *
   * @param total the scalar that is minimised
   * @param parts scalars by name, in order, before they are weighted
   */
  record Loss(NDArray total, Map<String, NDArray> parts) {
    public Loss {
      parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** A loss of one part. */
    static Loss of(String part, NDArray value) {
      return new Loss(value, Map.of(part, value));
    }

    /** A loss of two parts. */
    static Loss of(NDArray total, String part, NDArray value, String other, NDArray otherValue) {
      Map<String, NDArray> parts = new LinkedHashMap<>();
      parts.put(part, value);
      parts.put(other, otherValue);
      return new Loss(total, parts);
    }
  }
}
