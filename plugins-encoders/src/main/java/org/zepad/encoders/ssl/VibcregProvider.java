package org.zepad.encoders.ssl;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.IterativeNorm;
import org.zepad.encoders.layers.Mlp;

/**
 * VIbCReg (Lee and Aune 2021, "Computer Vision Self-supervised Learning Methods on Time Series").
 */
public final class VibcregProvider implements SslMethodProvider<VibcregOptions> {
  private static final int ITERATIONS = 5;

  /** Called by the service loader. */
  public VibcregProvider() {}

  @Override
  public String name() {
    return "vibcreg";
  }

  @Override
  public String description() {
    return "VIbCReg: VICReg with normalised covariances and a whitened projection";
  }

  @Override
  public Class<VibcregOptions> optionsType() {
    return VibcregOptions.class;
  }

  /** Solo-learn's: LARS at 0.3 with weight decay 1e-4, not clipped on CIFAR-10. */
  @Override
  public Recipe recipe(VibcregOptions options, Benchmark benchmark) {
    boolean clip = benchmark == Benchmark.IMAGENET_100;
    OptimizerSpec optimizer = new OptimizerSpec.Lars(0.9, 1e-4, 0.02, clip, true);
    return SoloLearn.recipe(benchmark, Views.solarised(benchmark), optimizer, 0.3, 0.3);
  }

  @Override
  public SslMethod create(
      VibcregOptions options, Encoder encoder, Schedule schedule, RunContext context) {
    StateDict state = new StateDict(context.manager());
    Mlp projector =
        JointEmbedding.projector(
            encoder,
            context,
            state,
            Mlp.Form.NORMALISED,
            options.projectorHidden(),
            options.projectorHidden(),
            options.projectorOutput());
    UnaryOperator<NDArray> end = UnaryOperator.identity();
    if (options.whiteningGroups() > 0) {
      if (options.projectorOutput() % options.whiteningGroups() != 0) {
        throw ZepadException.usage(
            "vibcreg: projector-output "
                + options.projectorOutput()
                + " cannot be cut into "
                + options.whiteningGroups()
                + " whitening-groups of one size; choose a divisor of it, or 0 for no whitening");
      }
      // The place of solo-learn's layer in its projector.
      IterativeNorm norm =
          new IterativeNorm(
              state,
              "projector.7",
              options.projectorOutput(),
              options.whiteningGroups(),
              ITERATIONS,
              context.ops());
      end = z -> norm.apply(z, true);
    }
    UnaryOperator<NDArray> whitening = end;
    return new JointEmbedding(
        state,
        encoder,
        features -> whitening.apply(projector.apply(features, true)),
        (z, batch) ->
            Losses.regularised(
                z.get(0),
                z.get(1),
                options.invarianceWeight(),
                options.varianceWeight(),
                options.covarianceWeight(),
                Losses::normalisedCovariance));
  }
}
