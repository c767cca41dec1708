package org.zepad.core.fusion;

import ai.djl.ndarray.NDArray;
import org.zepad.api.Option;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;

/** The mean of the branches' logits: the baseline of ZePAD's ablation. */
public final class EqualFusion implements FusionProvider<EqualFusion.Options> {

  /**
   * Its options.
   *
   * @param k steepness of the confidences that the detector sees; it does not change the weights
   */
  public record Options(
      @Option(
              defaultValue = "3",
              help = "steepness of the confidences that the detector sees",
              min = 0,
              max = 40)
          double k) {}

  @Override
  public String name() {
    return "equal";
  }

  @Override
  public String description() {
    return "the mean of the branch logits";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Fusion create(Options options) {
    return new Rule(options.k());
  }

  private record Rule(double k) implements Fusion {
    @Override
    public Fused fuse(NDArray logits) {
      NDArray confidences = BranchConfidence.of(logits, k);
      return BranchConfidence.fuse(logits, confidences, BranchConfidence.equalShares(confidences));
    }

    @Override
    public Described describe(Graph graph, Value logits, int branches, int classes) {
      Value confidences = BranchConfidence.describe(graph, logits, k);
      // Whatever the confidences are, so that there is a row for each image.
      Value none = graph.mul(confidences, graph.number(0));
      Value shares = graph.add(none, graph.number(1.0 / branches));
      return BranchConfidence.describeFuse(graph, logits, confidences, shares);
    }
  }
}
