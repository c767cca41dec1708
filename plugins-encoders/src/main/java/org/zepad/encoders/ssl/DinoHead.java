package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;

/**
 * DINO's projection head (Caron et al. 2021, section 3.1 and appendix C): three linear layers, unit
 * length, prototypes.
 */
final class DinoHead implements Head {
  private final Mlp mlp;
  private final Prototypes prototypes;

  /** Adds the tensors {@code head.*}. */
  DinoHead(
      StateDict state, int features, DinoOptions options, Initializer initializer, TensorOps ops) {
    mlp =
        new Mlp(
            state,
            "head.mlp",
            options.headBatchNorm() ? Mlp.Form.SMOOTH_NORMALISED : Mlp.Form.SMOOTH,
            initializer,
            features,
            options.projectorHidden(),
            options.projectorHidden(),
            options.projectorOutput());
    prototypes =
        new Prototypes(
            state,
            "head.last_layer",
            options.projectorOutput(),
            options.prototypes(),
            initializer,
            ops);
  }

  @Override
  public NDArray apply(NDArray features, boolean training) {
    return apply(features, training, false);
  }

  /** The same; the prototypes are constants where they are frozen. */
  NDArray apply(NDArray features, boolean training, boolean frozen) {
    NDArray projection = then(mlp.apply(features, training), Losses::unit);
    return then(projection, z -> prototypes.compare(z, frozen));
  }
}
