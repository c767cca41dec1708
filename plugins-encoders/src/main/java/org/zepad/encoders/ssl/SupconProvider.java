package org.zepad.encoders.ssl;

import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.encoders.layers.Mlp;

/**
 * SupCon (Khosla et al. 2020, "Supervised Contrastive Learning"), in the form of solo-learn, which
 * sums the positives inside the logarithm.
 */
public final class SupconProvider implements SslMethodProvider<SupconOptions> {

  /** Called by the service loader. */
  public SupconProvider() {}

  @Override
  public String name() {
    return "supcon";
  }

  @Override
  public String description() {
    return "SupCon: SimCLR with labels, all images of a class attract each other";
  }

  @Override
  public Class<SupconOptions> optionsType() {
    return SupconOptions.class;
  }

  /**
   * Solo-learn's: SGD at 0.4 (CIFAR-10) or 0.5 (ImageNet-100) with weight decay 1e-5. There its
   * projector has 512 outputs.
   */
  @Override
  public Recipe recipe(SupconOptions options, Benchmark benchmark) {
    return SoloLearn.recipe(
        benchmark, Views.strong(), new OptimizerSpec.Sgd(0.9, false, 1e-5), 0.4, 0.5);
  }

  @Override
  public SslMethod create(
      SupconOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    return JointEmbedding.over(
        encoder,
        context,
        Mlp.Form.PLAIN,
        (z, batch) -> Losses.contrastive(z, batch.labels(), options.temperature(), context.ops()),
        options.projectorHidden(),
        options.projectorOutput());
  }
}
