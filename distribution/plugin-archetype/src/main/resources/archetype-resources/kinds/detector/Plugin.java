package ${package};

import ai.djl.ndarray.NDArray;
import org.zepad.api.Option;
import org.zepad.api.detector.Detector;
import org.zepad.api.detector.DetectorProvider;
import org.zepad.api.tensor.Scalars;

/** How sure the surest branch is, less a share of how sure the least sure one is. */
public final class ${className} implements DetectorProvider<${className}.Options> {

  /**
   * Its options.
   *
   * @param share of the least sure branch that is taken off
   */
  public record Options(
      @Option(defaultValue = "1", help = "share of the least sure branch", min = 0, max = 10)
          double share) {}

  @Override
  public String name() {
    return "${artifactId}";
  }

  @Override
  public String description() {
    return "how much surer the surest branch is than the least sure one";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Detector create(Options options) {
    return (confidences, roles) -> {
      NDArray least = confidences.min(new int[] {1});
      return confidences.max(new int[] {1}).sub(Scalars.times(least, options.share()));
    };
  }
}
