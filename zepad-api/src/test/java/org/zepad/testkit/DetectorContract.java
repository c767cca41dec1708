package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.zepad.api.RunContext;
import org.zepad.api.defence.Role;
import org.zepad.api.detector.DetectorProvider;

/**
 * What every detector must do. Extend it, say which detector with which options, and run it with
 * JUnit: one finite score for each image, which depends on that image alone, whatever the number of
 * branches and their roles; gradients reach the confidences, and its inputs are left as they were.
 *
 * @param <O> the detector's options
 */
public abstract class DetectorContract<O extends Record> extends ConfidenceContract<O> {
  @Override
  protected abstract DetectorProvider<O> provider();

  @Test
  void thereIsAScoreForEachImage() {
    try (RunContext context = context(7)) {
      inputs(context.manager())
          .forEach(
              (what, confidences) ->
                  assertThat(score(confidences).getShape()).as(what).isEqualTo(new Shape(IMAGES)));
    }
  }

  private NDArray score(NDArray confidences) {
    return provider()
        .create(options())
        .score(confidences, roles((int) confidences.getShape().get(1)));
  }

  /** As many roles as there are branches, the last one benign; a single branch is fine-tuned. */
  private static List<Role> roles(int branches) {
    List<Role> roles = new ArrayList<>(Collections.nCopies(branches, Role.MPAE));
    if (branches > 1) {
      roles.set(branches - 1, Role.BMP);
    }
    return roles;
  }

  @Override
  Map<String, NDArray> inputs(NDManager manager) {
    Map<String, NDArray> inputs = new LinkedHashMap<>();
    inputs.put("three branches", confidences(manager, 3, 1));
    inputs.put("two branches", confidences(manager, 2, 1));
    inputs.put("seven branches", confidences(manager, 7, 1));
    inputs.put("confidences of 0", confidences(manager, 3, 0));
    return inputs;
  }

  private static NDArray confidences(NDManager manager, int branches, double most) {
    SplittableRandom random = new SplittableRandom(3);
    float[] numbers = new float[IMAGES * branches];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (most * random.nextDouble());
    }
    return manager.create(numbers, new Shape(IMAGES, branches));
  }

  @Override
  int imageAxis() {
    return 0;
  }

  @Override
  Map<String, NDArray> outputs(NDArray confidences) {
    return Map.of("score", score(confidences));
  }
}
