package org.zepad.attacks.jacobian;

import ai.djl.ndarray.NDManager;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.attacks.universal.EpochwiseAttack;
import org.zepad.attacks.universal.FixedImages;

/** The power method at images that are drawn once; an epoch over them is an iteration. */
final class SingularVectors implements UniversalAttack {
  private final SingularVectorsOptions options;
  private final EpochwiseAttack iterations;

  SingularVectors(SingularVectorsOptions options, EpochwiseAttack.Settings settings) {
    this.options = options;
    this.iterations = new EpochwiseAttack(settings, scene -> new PowerMethod(options, scene));
  }

  @Override
  public Budget budget() {
    return iterations.budget();
  }

  @Override
  public Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context) {
    try (NDManager scope = context.manager().newSubManager()) {
      return iterations.craft(
          victim,
          FixedImages.drawn(surrogate, options.images(), context.random().split(), scope),
          context);
    }
  }
}
