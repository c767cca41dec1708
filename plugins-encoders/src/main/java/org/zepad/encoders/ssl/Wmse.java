package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;

/** W-MSE at work: the whitened projections of two views are drawn together. */
final class Wmse implements SslMethod {
  private final Encoder encoder;
  private final StateDict state;
  private final Mlp projector;
  private final Whitening whitening;
  private final int iterations;

  Wmse(WmseOptions options, Encoder encoder, RunContext context) {
    this.encoder = encoder;
    this.iterations = options.whiteningIterations();
    state = new StateDict(context.manager());
    projector =
        new Mlp(
            state,
            "projector",
            Mlp.Form.NORMALISED,
            new Initializer(context.random().split()),
            encoder.featureDim(),
            options.projectorHidden(),
            options.projectorOutput());
    whitening =
        new Whitening(
            options.whiteningSize(),
            options.whiteningEpsilon(),
            options.detachSecondView(),
            context.ops());
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray loss(Batch batch) {
    NDArray first = batch.views().get(0);
    int images = (int) first.getShape().get(0);
    if (images % whitening.size() != 0) {
      throw ZepadException.usage(
          "wmse: a batch of "
              + images
              + " images cannot be cut into slices of whitening-size "
              + whitening.size()
              + "; make the batch size a multiple of it");
    }
    SplittableRandom random = new SplittableRandom(batch.seed());
    long[][] permutations = new long[iterations][];
    for (int i = 0; i < iterations; i++) {
      permutations[i] = Whitening.permutation(images, random);
    }
    return whitening.loss(project(first), project(batch.views().get(1)), permutations);
  }

  private NDArray project(NDArray view) {
    return then(encoder.features(view, true), features -> projector.apply(features, true));
  }
}
