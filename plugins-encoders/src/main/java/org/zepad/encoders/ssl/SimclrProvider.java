package org.zepad.encoders.ssl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.OptimizerSpec;
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
    return new Recipe(OptimizerSpec.Lars.of(1e-4), 0.4, 256, 1000, 10);
  }

  @Override
  public SslMethod create(SimclrOptions options, Encoder encoder, RunContext context) {
    return JointEmbedding.over(
        encoder,
        context,
        Views.twice(ViewSpec.simclrCifar()),
        Mlp.Form.PLAIN,
        (z, batch) ->
            Losses.contrastive(z, numbers(z.get(0)), options.temperature(), context.ops()),
        options.projectorHidden(),
        options.projectorOutput());
  }

  /** A number for each image, which its views share. */
  private static NDArray numbers(NDArray rows) {
    return rows.getManager().arange(0, (int) rows.getShape().get(0), 1, DataType.INT64);
  }
}
