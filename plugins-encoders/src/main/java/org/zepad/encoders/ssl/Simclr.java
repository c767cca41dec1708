package org.zepad.encoders.ssl;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;

/** SimCLR at work: two views of an image attract each other, all other images repel. */
final class Simclr implements SslMethod {
  private final Encoder encoder;
  private final StateDict state;
  private final Mlp projector;
  private final double temperature;
  private final TensorOps ops;

  Simclr(SimclrOptions options, Encoder encoder, RunContext context) {
    this.encoder = encoder;
    this.temperature = options.temperature();
    this.ops = context.ops();
    state = new StateDict(context.manager());
    projector =
        new Mlp(
            state,
            "projector",
            false,
            new Initializer(context.random().split()),
            encoder.featureDim(),
            options.projectorHidden(),
            options.projectorOutput());
  }

  @Override
  public List<ViewSpec> views() {
    return List.of(ViewSpec.simclrCifar(), ViewSpec.simclrCifar());
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray loss(Batch batch) {
    NDList projections = new NDList();
    NDList indexes = new NDList();
    for (NDArray view : batch.views()) {
      projections.add(
          then(encoder.features(view, true), features -> projector.apply(features, true)));
      indexes.add(view.getManager().arange((int) view.getShape().get(0)));
    }
    return Losses.contrastive(
        NDArrays.concat(projections), NDArrays.concat(indexes), temperature, ops);
  }
}
