package org.zepad.encoders.ssl;

import ai.djl.ndarray.types.DataType;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.Mlp;

/**
 * SimCLR (Chen et al. 2020, "A Simple Framework for Contrastive Learning of Visual
 * Representations").
 */
public final class SimclrProvider implements SslMethodProvider<SimclrOptions> {

  /** Called by the service loader. */
  public SimclrProvider() {}

  @Override
  public String name() {
    return "simclr";
  }

  @Override
  public String description() {
    return "SimCLR: two views of an image attract each other, all other images of the batch repel";
  }

  @Override
  public Class<SimclrOptions> optionsType() {
    return SimclrOptions.class;
  }

  /** Solo-learn's recipe for CIFAR-10: LARS at 0.4 with weight decay 1e-4, batch 256. */
  @Override
  public Recipe recipe(SimclrOptions options) {
    return new Recipe(new OptimizerSpec.Lars(0.9, 1e-4, 0.02, true, true), 0.4, 256, 1000, 10);
  }

  @Override
  public SslMethod create(SimclrOptions options, Encoder encoder, RunContext context) {
    StateDict state = new StateDict(context.manager());
    Mlp projector =
        new Mlp(
            state,
            "projector",
            Mlp.Form.PLAIN,
            new Initializer(context.random().split()),
            encoder.featureDim(),
            options.projectorHidden(),
            options.projectorOutput());
    return new JointEmbedding(
        Views.twice(ViewSpec.simclrCifar()),
        state,
        encoder,
        features -> projector.apply(features, true),
        (projections, batch) ->
            Losses.contrastive(
                projections,
                batch.views().get(0).getManager().arange(0, (int) rows(batch), 1, DataType.INT64),
                options.temperature(),
                context.ops()));
  }

  private static long rows(SslMethod.Batch batch) {
    return batch.views().get(0).getShape().get(0);
  }
}
