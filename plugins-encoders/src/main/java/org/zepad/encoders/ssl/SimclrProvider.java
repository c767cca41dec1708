package org.zepad.encoders.ssl;

import java.util.List;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
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

  /**
   * Solo-learn's: LARS with weight decay 1e-4 at 0.4 (CIFAR-10) or 0.3 (ImageNet-100). The views
   * for small images are those of SimCLR's appendix B.9, which has no blur. On ImageNet-100
   * solo-learn's projector has 4096 hidden units and 512 outputs.
   */
  @Override
  public Recipe recipe(SimclrOptions options, Benchmark benchmark) {
    List<ViewSpec> views =
        benchmark == Benchmark.CIFAR_10 ? Views.twice(ViewSpec.simclrCifar()) : Views.strong();
    return SoloLearn.recipe(benchmark, views, OptimizerSpec.Lars.of(1e-4), 0.4, 0.3);
  }

  @Override
  public SslMethod create(
      SimclrOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return JointEmbedding.over(
        encoder,
        context,
        Mlp.Form.PLAIN,
        (z, batch) -> Losses.contrastive(z, batch.images(), options.temperature(), context.ops()),
        options.projectorHidden(),
        options.projectorOutput());
  }
}
