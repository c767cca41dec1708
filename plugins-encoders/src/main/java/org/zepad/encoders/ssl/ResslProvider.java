package org.zepad.encoders.ssl;

import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.OptimizerSpec;

/**
 * ReSSL (Zheng et al. 2021, "ReSSL: Relational Self-Supervised Learning with Weak Augmentation").
 */
public final class ResslProvider implements SslMethodProvider<ResslOptions> {

  /** Called by the service loader. */
  public ResslProvider() {}

  @Override
  public String name() {
    return "ressl";
  }

  @Override
  public String description() {
    return "ReSSL: a strong view resembles a queue of earlier keys as the weak view does";
  }

  @Override
  public Class<ResslOptions> optionsType() {
    return ResslOptions.class;
  }

  /** Solo-learn's: SGD at 0.05 (CIFAR-10) or 0.3 (ImageNet-100) with weight decay 1e-4. */
  @Override
  public Recipe recipe(ResslOptions options, Benchmark benchmark) {
    return SoloLearn.recipe(
        benchmark, Views.strongAndWeak(), new OptimizerSpec.Sgd(0.9, false, 1e-4), 0.05, 0.3);
  }

  @Override
  public SslMethod create(
      ResslOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return new MomentumQueue(
        false,
        encoder,
        options.projectorHidden(),
        options.projectorOutput(),
        options.queueSize(),
        options.baseTau(),
        options.finalTau(),
        (query, key, queue) ->
            Losses.relation(
                query, key, queue, options.queryTemperature(), options.keyTemperature()),
        context);
  }
}
