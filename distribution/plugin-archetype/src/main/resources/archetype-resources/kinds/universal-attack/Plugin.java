package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.zepad.api.Option;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;

/** Of some random patterns, the one that moves an encoder's features most. */
public final class ${className} implements AttackProvider<${className}.Options> {

  /**
   * Its options.
   *
   * @param epsilon largest change of a pixel
   * @param tries number of patterns
   */
  public record Options(
      @Option(
              defaultValue = "10/255",
              help = "largest change of a pixel, in pixel units",
              min = 0,
              max = 1)
          double epsilon,
      @Option(defaultValue = "8", help = "number of patterns", min = 1, max = 10000) int tries) {}

  @Override
  public String name() {
    return "${artifactId}";
  }

  @Override
  public String description() {
    return "The best of some random patterns: one for all images, L-infinity";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.ENCODER_AND_IMAGES;
  }

  @Override
  public Attack create(Options options) {
    return new Search(new Budget(Norm.LINF, options.epsilon()), options.tries());
  }

  private record Search(Budget budget, int tries) implements UniversalAttack {
    @Override
    public Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context) {
      int side = surrogate.imageSize();
      SplittableRandom random = context.random();
      float[] best = new float[3 * side * side];
      double farthest = -1;
      context.progress().start("trying patterns", tries);
      for (int i = 0; i < tries; i++) {
        float[] pattern = new float[best.length];
        for (int pixel = 0; pixel < pattern.length; pixel++) {
          pattern[pixel] = (float) (random.nextBoolean() ? budget.epsilon() : -budget.epsilon());
        }
        double distance = distance(victim, surrogate, pattern);
        if (distance > farthest) {
          farthest = distance;
          best = pattern;
        }
        context.progress().update(i + 1, "");
      }
      NDArray delta = context.manager().create(best, new Shape(3, side, side));
      return Perturbation.additive(delta, budget);
    }

    /** How far a pattern moves the features of all images together. */
    private static double distance(Encoder victim, ImageBatches surrogate, float[] pattern) {
      double[] sum = {0};
      int side = surrogate.imageSize();
      surrogate.forEach(
          64,
          OptionalLong.empty(),
          batch -> {
            // What is made of a batch belongs to its manager, and goes with it.
            NDManager scope = batch.images().getManager();
            NDArray delta = scope.create(pattern, new Shape(1, 3, side, side));
            NDArray clean = victim.features(batch.images(), false);
            NDArray moved = victim.features(batch.images().add(delta).clip(0, 1), false);
            sum[0] += moved.sub(clean).square().sum().getFloat();
          });
      return sum[0];
    }
  }
}
