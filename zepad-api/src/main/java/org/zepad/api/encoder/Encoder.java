package org.zepad.api.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.zepad.api.ZepadException;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;

/** Pre-processing and backbone: images in pixel space to features. Close it to free its tensors. */
public interface Encoder extends AutoCloseable {

  /** What it is. */
  EncoderInfo info();

  /** The length D of a feature vector. */
  int featureDim();

  /** The backbone's tensors. */
  StateDict state();

  /**
   * The features of images: resized to the encoder's size if needed, normalised, encoded.
   *
   * @param images (N, 3, H, W) float32, pixels in [0, 1], any H and W
   * @param training see {@link org.zepad.api.backbone.Backbone#features}
   * @return (N, D), owned by the manager of the images, differentiable down to the pixels
   */
  NDArray features(NDArray images, boolean training);

  /**
   * The features of augmented views in training mode, at the very size they have: multi-crop makes
   * some smaller than the encoder's own.
   *
   * @param views (N, 3, H, W) float32, pixels in [0, 1]
   * @return as {@link #features}
   */
  default NDArray viewFeatures(NDArray views) {
    return features(views, true);
  }

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

  /** The names of the backbone's inner layers, see {@link Backbone#layers}. */
  default List<String> layers() {
    return List.of();
  }

  /**
   * The outputs of inner layers of the backbone, see {@link Backbone#activations}.
   *
   * @return takes images as {@link #features} does
   */
  default Function<NDArray, List<NDArray>> activations(List<String> layers, NDManager scope) {
    throw ZepadException.usage("this encoder shows no inner layers, wanted are " + layers);
  }

  /**
   * Says what {@link #features} computes in evaluation mode at the present weights, so that it can
   * be exported.
   *
   * @param graph takes it down
   * @param images (N, 3, S, S), pixels in [0, 1], of the size that the encoder resizes to
   * @return (N, D)
   * @throws ZepadException of kind USAGE if it cannot, saying what of it and why
   */
  default Value describe(Graph graph, Value images) {
    throw ZepadException.usage("it does not say what it computes (Encoder.describe)");
  }

  /**
   * Another encoder of the same architecture and the same current values, with tensors of its own.
   */
  Encoder duplicate();

  @Override
  void close();
}
