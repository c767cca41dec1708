package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;

/** Steps along the sign of the gradient within the box of epsilon. */
record SignedGradient(double epsilon, int steps, double stepSize) implements SampleAttack {

  @Override
  public Budget budget() {
    return new Budget(Norm.LINF, epsilon);
  }

  @Override
  public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context) {
    NDManager owner = images.getManager();
    NDArray x = images.duplicate();
    for (int i = 0; i < steps; i++) {
      try (NDManager scope = owner.newSubManager()) {
        x.attach(scope);
        NDArray gradient =
            context
                .ops()
                .gradient(x, v -> CrossEntropy.perSample(target.logits(v), labels).mean())
                .gradient();
        NDArray moved = x.add(gradient.sign().mul(stepSize));
        x = moved.minimum(images.add(epsilon)).maximum(images.sub(epsilon)).clip(0, 1);
        x.attach(owner);
      }
    }
    return x;
  }
}
