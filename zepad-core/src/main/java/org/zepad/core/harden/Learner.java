package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.zepad.api.attack.Target;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.head.EncoderFingerprint;
import org.zepad.core.head.Head;

/**
 * The model that is fine-tuned: an encoder and a head, and which of their parameters learn. It owns
 * neither.
 *
 * <p>Where only some parameters learn, batch norms use their running statistics, which stay as they
 * are, and parameters that do not learn must never have had a gradient: an optimizer would decay
 * them.
 *
 * @param chosen the names of the parameters that learn, as {@link #parameters} has them; empty: all
 */
record Learner(Encoder encoder, Head head, Optional<SortedSet<String>> chosen) {
  private static final String ENCODER = "encoder.";
  private static final String HEAD = "head.";

  /** All of it learns. */
  static Learner whole(Encoder encoder, Head head) {
    return new Learner(encoder, head, Optional.empty());
  }

  /** The named parameters learn. */
  static Learner some(Encoder encoder, Head head, Collection<String> parameters) {
    return new Learner(encoder, head, Optional.of(new TreeSet<>(parameters)));
  }

  /** Every tensor, under {@code encoder.} and {@code head.}; owned by encoder and head. */
  StateDict parameters(NDManager scope) {
    StateDict all = new StateDict(scope);
    all.include(ENCODER, encoder.state());
    all.include(HEAD, head.state());
    return all;
  }

  /** The logits (N, C) of pixels (N, 3, H, W) while it learns. */
  NDArray logits(NDArray images) {
    return head.logits(encoder.features(images, chosen.isEmpty()), true);
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

  /** Turns the recording of gradients on for what learns, or off for everything. */
  void requireGradients(boolean on) {
    if (!on || chosen.isEmpty()) {
      encoder.state().requireGradients(on);
      head.state().requireGradients(on);
      return;
    }
    for (String name : chosen.get()) {
      boolean inner = name.startsWith(ENCODER);
      StateDict state = inner ? encoder.state() : head.state();
      state.get(name.substring((inner ? ENCODER : HEAD).length())).setRequiresGradient(true);
    }
  }

  /** Identifies the encoder's weights as they are now, and what learns. */
  String identity() {
    return EncoderFingerprint.of(encoder) + chosen.map(names -> " only " + names).orElse("");
  }
}
