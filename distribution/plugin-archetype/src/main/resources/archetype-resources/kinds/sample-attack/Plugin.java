package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.Option;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;

/** One step along the sign of the gradient. */
public final class ${className} implements AttackProvider<${className}.Options> {

  /**
   * Its options.
   *
   * @param epsilon largest change of a pixel
   */
  public record Options(
      @Option(
              defaultValue = "8/255",
              help = "largest change of a pixel, in pixel units",
              min = 0,
              max = 1)
          double epsilon) {}

  @Override
  public String name() {
    return "${artifactId}";
  }

  @Override
  public String description() {
    return "One step along the sign of the gradient: L-infinity, per image";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.MODEL;
  }

  @Override
  public Attack create(Options options) {
    return new Step(new Budget(Norm.LINF, options.epsilon()));
  }

  private record Step(Budget budget) implements SampleAttack {
    @Override
    public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
      NDManager owner = images.getManager();
      try (NDManager scope = owner.newSubManager();
          NDArray column = labels.expandDims(1)) {
        // The first operand decides who owns a result: here it is always one of the scope's own.
        NDArray at = images.duplicate();
        at.attach(scope);
        NDArray slope =
            context.ops().gradient(at, x -> loss(target.logits(x), column)).gradient();
        NDArray attacked = at.add(slope.sign().mul(budget.epsilon())).clip(0, 1);
        attacked.attach(owner);
        return attacked;
      }
    }

    /** The cross-entropy of the right classes, summed: no image's slope depends on the others. */
    private static NDArray loss(NDArray logits, NDArray column) {
      return logits.logSoftmax(1).gather(column, 1).sum().neg();
    }
  }
}
