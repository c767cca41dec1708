package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/**
 * What one crafting works with.
 *
 * @param attack the attack's name, for messages
 * @param victim the encoder, its parameters frozen
 * @param surrogate the attacker's images, at least one
 * @param state what a checkpoint holds: the perturbation, and buffers that a method adds
 * @param random for what is drawn before the first step
 * @param scope the owner of what lives as long as the crafting
 * @param ops gradients
 */
public record Scene(
    String attack,
    Encoder victim,
    ImageBatches surrogate,
    StateDict state,
    SplittableRandom random,
    NDManager scope,
    TensorOps ops) {
  static final String PERTURBATION = "perturbation";

  /** The perturbation, (1, 3, S, S), which steps change in place. */
  public NDArray delta() {
    return state.get(PERTURBATION);
  }

  /**
   * The inner layers to look at.
   *
   * @param wanted names from the options; empty for the usual ones
   * @param usual picks from all layers, of which there is at least one
   * @throws ZepadException of kind USAGE if the encoder shows no layers
   */
  public List<String> layers(List<String> wanted, UnaryOperator<List<String>> usual) {
    List<String> names = victim.layers();
    if (names.isEmpty()) {
      throw ZepadException.usage(
          attack
              + ": the victim's backbone, "
              + victim.info().backbone()
              + ", shows no inner layers. Use an attack on its features instead, such as ssp"
              + " without layers, uapgd or advencoder-per.");
    }
    return wanted.isEmpty() ? usual.apply(names) : wanted;
  }
}
