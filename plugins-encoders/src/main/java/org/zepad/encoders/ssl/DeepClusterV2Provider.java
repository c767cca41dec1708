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
 * DeepCluster v2 (Caron et al. 2020, "Unsupervised Learning of Visual Features by Contrasting
 * Cluster Assignments", section 4.3; DeepCluster: Caron et al. 2018).
 */
public final class DeepClusterV2Provider implements SslMethodProvider<DeepClusterV2Options> {

  /** Called by the service loader. */
  public DeepClusterV2Provider() {}

  @Override
  public String name() {
    return "deepcluster-v2";
  }

  @Override
  public String description() {
    return "DeepCluster v2: each view tells in which cluster its image lay in the epoch before";
  }

  @Override
  public Class<DeepClusterV2Options> optionsType() {
    return DeepClusterV2Options.class;
  }

  /**
   * Solo-learn's: LARS at 0.6 with weight decay 1e-6. Its floor of 0.0006 under the learning rate
   * is left out.
   */
  @Override
  public Recipe recipe(DeepClusterV2Options options, Benchmark benchmark) {
    return SoloLearn.recipe(benchmark, Views.strong(), OptimizerSpec.Lars.of(1e-6), 0.6, 0.6);
  }

  @Override
  public SslMethod create(
      DeepClusterV2Options options, Encoder encoder, Schedule schedule, RunContext context) {
    return new DeepClusterV2(options, encoder, schedule, context);
  }
}
