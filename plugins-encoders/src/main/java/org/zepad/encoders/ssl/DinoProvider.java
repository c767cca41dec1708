package org.zepad.encoders.ssl;

import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.OptimizerSpec;

/** DINO (Caron et al. 2021, "Emerging Properties in Self-Supervised Vision Transformers"). */
public final class DinoProvider implements SslMethodProvider<DinoOptions> {

  /** Called by the service loader. */
  public DinoProvider() {}

  @Override
  public String name() {
    return "dino";
  }

  @Override
  public String description() {
    return "DINO: all views name the prototypes that a slowly moving copy names for the large ones";
  }

  @Override
  public Class<DinoOptions> optionsType() {
    return DinoOptions.class;
  }

  /** Solo-learn's: LARS at 0.3 with weight decay 1e-6. */
  @Override
  public Recipe recipe(DinoOptions options, Benchmark benchmark) {
    return SoloLearn.recipe(
        benchmark,
        Views.withSmallCrops(Views.asymmetric(benchmark), options.smallCrops()),
        OptimizerSpec.Lars.of(1e-6),
        0.3,
        0.3);
  }

  @Override
  public SslMethod create(
      DinoOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return new Dino(options, encoder, schedule, context);
  }
}
