package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/**
 * A copy of an encoder and its head that follows them as an exponential moving average (BYOL, Grill
 * et al. 2020, section 3.1). Parameters are averaged; batch-norm statistics are the copy's own, for
 * it runs in training mode, as in solo-learn.
 */
final class MomentumEncoder implements AutoCloseable {
  private final Encoder encoder;
  private final Head head;
  private final double baseTau;
  private final double finalTau;
  private final TensorOps ops;

  private final List<Pair> pairs = new ArrayList<>();

  /**
   * Copies an encoder and a head, and adds the copies as buffers to the method's state: {@code
   * momentum_backbone.*}, and for a projector {@code momentum_projector.*}.
   *
   * @param state the method's state, which holds the online head's tensors
   * @param online the encoder that is trained
   * @param newHead makes a head whose tensors get the same names in any state
   * @param baseTau the share of itself that the copy keeps at the first step
   * @param finalTau the same at the last step
   */
  MomentumEncoder(
      StateDict state,
      Encoder online,
      Function<StateDict, ? extends Head> newHead,
      double baseTau,
      double finalTau,
      TensorOps ops) {
    this.baseTau = baseTau;
    this.finalTau = finalTau;
    this.ops = ops;
    encoder = online.duplicate();
    encoder.state().requireGradients(false);
    adopt(state, "momentum_backbone.", online.state(), encoder.state());
    StateDict copy = new StateDict(state.manager());
    head = newHead.apply(copy);
    copy.tensors().forEach((name, tensor) -> state.get(name).copyTo(tensor));
    adopt(state, "momentum_", state, copy);
  }

  /**
   * What the head makes of images in training mode, as constants.
   *
   * @param images (N, 3, H, W) in pixel space
   * @return (N, P), owned by the manager of the images
   */
  NDArray project(NDArray images) {
    NDArray features = encoder.features(images, true);
    return then(then(features, x -> head.apply(x, true)), ops::detach);
  }

  /** Moves every parameter towards its original. */
  void update(long step, long totalSteps) {
    double tau = tau(baseTau, finalTau, step, totalSteps);
    pairs.forEach(pair -> follow(pair.followed(), pair.follower(), tau));
  }

  /** Frees what the copy owns beside the tensors in the method's state. */
  @Override
  public void close() {
    encoder.close();
  }

  /** The schedule of BYOL: from base to final along half a cosine. */
  static double tau(double baseTau, double finalTau, long step, long totalSteps) {
    return finalTau - (finalTau - baseTau) * (Math.cos(Math.PI * step / totalSteps) + 1) / 2;
  }

  /** follower = tau * follower + (1 - tau) * followed, in place. */
  static void follow(NDArray followed, NDArray follower, double tau) {
    try (NDArray share = followed.mul(1 - tau)) {
      follower.muli(tau);
      follower.addi(share);
    }
  }

  private void adopt(StateDict state, String prefix, StateDict online, StateDict copy) {
    copy.parameters().forEach((name, tensor) -> pairs.add(new Pair(online.get(name), tensor)));
    copy.tensors().forEach((name, tensor) -> state.buffer(prefix + name, tensor));
  }

  /** A parameter and the one that follows it. */
  private record Pair(NDArray followed, NDArray follower) {}
}
