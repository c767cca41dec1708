package org.zepad.encoders.ssl;

import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.OptimizerSpec;

/** NNCLR (Dwibedi et al. 2021, "With a Little Help from My Friends"). */
public final class NnclrProvider implements SslMethodProvider<NnclrOptions> {

  /** Called by the service loader. */
  public NnclrProvider() {}

  @Override
  public String name() {
    return "nnclr";
  }

  @Override
  public String description() {
    return "NNCLR: SimCLR whose positives are the nearest of earlier projections";
  }

  @Override
  public Class<NnclrOptions> optionsType() {
    return NnclrOptions.class;
  }

  /** Solo-learn's recipe for CIFAR-10: LARS at 0.4 with weight decay 1e-5, batch 256. */
  @Override
  public Recipe recipe(NnclrOptions options) {
    return new Recipe(OptimizerSpec.Lars.of(1e-5), 0.4, 256, 1000, 10);
  }

  @Override
  public SslMethod create(NnclrOptions options, Encoder encoder, RunContext context) {
    return new Nnclr(options, encoder, context);
  }
}
