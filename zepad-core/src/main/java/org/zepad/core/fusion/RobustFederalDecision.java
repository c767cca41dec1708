package org.zepad.core.fusion;

import ai.djl.ndarray.NDArray;
import org.zepad.api.Option;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;

/**
 * Robust Federal Decision (ZePAD, section 3): each branch weighs in by its confidence c = m exp(k
 * (m - 1/2)), m being its largest softmax probability; the logits are mixed, not the probabilities.
 */
public final class RobustFederalDecision implements FusionProvider<RobustFederalDecision.Options> {

  /**
   * Its options.
   *
   * @param k how steeply the weight grows with the largest probability; 0 weighs by the probability
   *     itself
   */
  public record Options(
      @Option(
              defaultValue = "3",
              help = "how steeply a branch's weight grows with its largest probability",
              min = 0,
              max = 40)
          double k) {}

  @Override
  public String name() {
    return "robust-federal-decision";
  }

  @Override
  public String description() {
    return "weighs branch logits by confidence, the rule of ZePAD";
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
      return BranchConfidence.fuse(logits, confidences, BranchConfidence.normalise(confidences));
    }

    @Override
    public Described describe(Graph graph, Value logits, int branches, int classes) {
      Value confidences = BranchConfidence.describe(graph, logits, k);
      return BranchConfidence.describeFuse(
          graph, logits, confidences, BranchConfidence.describeNormalise(graph, confidences));
    }
  }
}
