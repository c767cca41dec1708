package org.zepad.core.fusion;

import ai.djl.ndarray.NDArray;
import org.zepad.api.Option;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;

/**
 * Weighs branches by the entropy H of their softmax: the weight of a branch is in proportion to ln
 * C - H, so that the least certain one has the least say, and one that is at chance has none. Where
 * every branch is at chance, all weigh the same.
 *
 * <p>The public research code weighs by H itself, which gives the least certain branch the most
 * weight; {@link Options#reference()} reproduces that, with equal weights where it divides 0 by 0.
 */
public final class EntropyFusion implements FusionProvider<EntropyFusion.Options> {

  /**
   * Its options.
   *
   * @param k steepness of the confidences that the detector sees; it does not change the weights
   * @param reference weigh by the entropy itself, as the public research code does
   */
  public record Options(
      @Option(
              defaultValue = "3",
              help = "steepness of the confidences that the detector sees",
              min = 0,
              max = 40)
          double k,
      @Option(
              defaultValue = "false",
              help = "weigh by the entropy itself, as the public research code does")
          boolean reference) {}

  @Override
  public String name() {
    return "entropy";
  }

  @Override
  public String description() {
    return "weighs branch logits by how far their entropy lies below chance";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Fusion create(Options options) {
    return new Rule(options);
  }

  private record Rule(Options options) implements Fusion {
    @Override
    public Fused fuse(NDArray logits) {
      double chance = Math.log((double) logits.getShape().get(2));
      NDArray entropy = entropy(logits, chance);
      NDArray evidence = options.reference() ? entropy : entropy.neg().add(chance);
      // Rounding may leave a hair below zero.
      NDArray weights = BranchConfidence.normaliseOrEqual(evidence.clip(0, chance));
      return BranchConfidence.fuse(logits, BranchConfidence.of(logits, options.k()), weights);
    }

    @Override
    public Described describe(Graph graph, Value logits, int branches, int classes) {
      double chance = Math.log((double) classes);
      Value logP = graph.logSoftmax(logits, 2);
      Value sum = graph.sum(graph.mul(graph.exp(logP), logP), false, 2);
      Value entropy = graph.transpose(graph.clip(graph.neg(sum), 0, chance), 1, 0);
      Value evidence =
          options.reference() ? entropy : graph.add(graph.neg(entropy), graph.number(chance));
      Value weights =
          BranchConfidence.describeNormaliseOrEqual(graph, graph.clip(evidence, 0, chance));
      return BranchConfidence.describeFuse(
          graph, logits, BranchConfidence.describe(graph, logits, options.k()), weights);
    }
  }

  /**
   * The entropy of each branch in nats, (N, B), within [0, chance]. From the log-softmax, so that
   * nothing cancels: the usual logsumexp(l) - sum p l loses all digits for a certain branch.
   */
  private static NDArray entropy(NDArray logits, double chance) {
    NDArray logP = logits.logSoftmax(2);
    return logP.exp().mul(logP).sum(new int[] {2}).neg().clip(0, chance).transpose();
  }
}
