package ${package};

import ai.djl.ndarray.NDArray;
import org.zepad.api.Option;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.api.tensor.Scalars;

/** A mean of the branches' logits, in which sure branches count for more. */
public final class ${className} implements FusionProvider<${className}.Options> {

  /**
   * Its options.
   *
   * @param sharpness how much more a sure branch counts than an unsure one
   */
  public record Options(
      @Option(defaultValue = "3", help = "how much more a sure branch counts", min = 0, max = 100)
          double sharpness) {}

  @Override
  public String name() {
    return "${artifactId}";
  }

  @Override
  public String description() {
    return "the mean of the branch logits, weighted by how sure each branch is";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Fusion create(Options options) {
    return logits -> {
      NDArray confidences = logits.softmax(2).max(new int[] {2}).transpose();
      NDArray weights = Scalars.times(confidences, options.sharpness()).softmax(1);
      NDArray shares = weights.transpose().expandDims(2);
      return new Fusion.Fused(logits.mul(shares).sum(new int[] {0}), confidences, weights);
    };
  }
}
