package org.zepad.api.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.zepad.api.ZepadException;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;

/**
 * A network from normalised images to features. It owns its tensors; close it to free them. Not
 * thread-safe in training mode.
 */
public interface Backbone extends AutoCloseable {

  /** The length D of a feature vector. */
  int featureDim();

  /**
   * Weights and buffers under the names of the public checkpoints, without a prefix: for a ResNet
   * {@code conv1.weight}, {@code layer1.0.bn1.running_mean}. Loading into it changes the network.
   */
  StateDict state();

  /**
   * The features of normalised images.
   *
   * @param images (N, 3, H, W) float32, normalised by the encoder
   * @param training true: batch statistics in batch norms, running statistics updated, dropout on;
   *     false: running statistics
   * @return (N, D), owned by the manager of the images, differentiable
   */
  NDArray features(NDArray images, boolean training);

  /**
   * The features in evaluation mode for many calls at the present weights, as an attack makes them.
   * An architecture may prepare itself, for instance fold batch norms into convolutions; the result
   * agrees with {@link #features} up to rounding and is differentiable down to the pixels. The
   * parameters are to be frozen: whether they would receive gradients is open.
   *
   * @param scope owns what is prepared
   * @return takes and returns what {@link #features} does; valid until the weights change or the
   *     scope closes
   */
  default UnaryOperator<NDArray> evaluator(NDManager scope) {
    return images -> features(images, false);
  }

  /**
   * The names of the inner layers whose outputs can be had, from the first to the last; empty where
   * it has none to show. A ResNet has {@code stem}, {@code layer1.0}, {@code layer1.1} and so on, a
   * vision transformer {@code blocks.0} and so on.
   */
  default List<String> layers() {
    return List.of();
  }

  /**
   * The outputs of inner layers in evaluation mode, for many calls at the present weights, as
   * {@link #evaluator} gives the features. Nothing behind the last wanted layer is computed.
   *
   * @param layers which, of {@link #layers()}, in any order
   * @param scope owns what is prepared
   * @return takes images as {@link #features} does and returns the outputs in the order of the
   *     names, (N, ...), owned by the manager of the images, differentiable down to the pixels
   * @throws org.zepad.api.ZepadException of kind USAGE for a name that is none of {@link #layers()}
   */
  default Function<NDArray, List<NDArray>> activations(List<String> layers, NDManager scope) {
    throw ZepadException.usage("this backbone shows no inner layers, wanted are " + layers);
  }

  /**
   * Says what {@link #features} computes in evaluation mode at the present weights, so that it can
   * be exported.
   *
   * @param graph takes it down
   * @param images (N, 3, S, S), normalised by the encoder
   * @param size the side S of the images, in pixels
   * @return (N, D)
   * @throws ZepadException of kind USAGE if it cannot, saying what of it and why
   */
  default Value describe(Graph graph, Value images, int size) {
    throw ZepadException.usage("it does not say what it computes (Backbone.describe)");
  }

  @Override
  default void close() {
    state().close();
  }
}
