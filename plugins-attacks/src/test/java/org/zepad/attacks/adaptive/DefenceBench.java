package org.zepad.attacks.adaptive;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.attack.SampleAttack;
import org.zepad.attacks.ascent.Margins;
import org.zepad.core.engine.RunContexts;

/** A toy defence whose threshold flags a tenth of the clean images, and what it says. */
final class DefenceBench implements AutoCloseable {
  final RunContext context = RunContexts.root(5, Device.cpu(), Progress.silent());
  final ToyDefence.Data data = ToyDefence.data(40, context.manager());
  final ToyDefence open = ToyDefence.of(context.manager());
  final ToyDefence defence;

  DefenceBench() {
    float[] scores = open.forward(data.images()).detection().toFloatArray();
    Arrays.sort(scores);
    defence = open.withThreshold(scores[35]);
  }

  /** How many images are wrong, and how many of these are not flagged. */
  record Count(int wrong, int unseen) {}

  Count count(NDArray points) {
    DefenceTarget.Output output = defence.forward(points);
    float[] margins = Margins.of(output.fused().logits(), data.labels());
    float[] scores = output.detection().toFloatArray();
    int wrong = 0;
    int unseen = 0;
    for (int i = 0; i < margins.length; i++) {
      if (margins[i] > 0) {
        wrong++;
        unseen += scores[i] > defence.threshold().getAsDouble() ? 0 : 1;
      }
    }
    return new Count(wrong, unseen);
  }

  NDArray attack(SampleAttack attack, DefenceTarget target) {
    return attack.perturb(target, data.images(), data.labels(), context);
  }

  NDArray signNoise(double epsilon) {
    SplittableRandom random = new SplittableRandom(6);
    float[] signs = new float[(int) data.images().size()];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = (float) (random.nextBoolean() ? epsilon : -epsilon);
    }
    NDManager manager = context.manager();
    return data.images().add(manager.create(signs, data.images().getShape())).clip(0, 1);
  }

  @Override
  public void close() {
    context.close();
  }
}
