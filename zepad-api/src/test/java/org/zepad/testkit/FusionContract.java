package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.zepad.api.RunContext;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.fusion.FusionProvider;

/**
 * What every fusion rule must do. Extend it, say which rule with which options, and run it with
 * JUnit: shares of branches sum to 1, confidences are not negative, each image is fused by itself,
 * the result is finite for extreme logits too, gradients reach the logits, and its inputs are left
 * as they were.
 *
 * @param <O> the rule's options
 */
public abstract class FusionContract<O extends Record> extends ConfidenceContract<O> {
  @Override
  protected abstract FusionProvider<O> provider();

  @Test
  void sharesSumToOneAndConfidencesAreNotNegative() {
    try (RunContext context = context(7)) {
      inputs(context.manager())
          .forEach(
              (what, logits) -> {
                long branches = logits.getShape().get(0);
                long classes = logits.getShape().get(2);
                Fusion.Fused fused = fusion().fuse(logits);
                assertThat(fused.logits().getShape()).isEqualTo(new Shape(IMAGES, classes));
                assertThat(fused.weights().getShape()).isEqualTo(new Shape(IMAGES, branches));
                assertThat(fused.confidences().getShape()).isEqualTo(new Shape(IMAGES, branches));
                for (float sum : fused.weights().sum(new int[] {1}).toFloatArray()) {
                  assertThat(sum).as("shares of %s", what).isBetween(1 - CLOSE, 1 + CLOSE);
                }
                for (float confidence : fused.confidences().toFloatArray()) {
                  assertThat(confidence).as("confidences of %s", what).isNotNegative();
                }
              });
    }
  }

  private Fusion fusion() {
    return provider().create(options());
  }

  @Override
  Map<String, NDArray> inputs(NDManager manager) {
    Map<String, NDArray> inputs = new LinkedHashMap<>();
    inputs.put("three branches and ten classes", logits(manager, 3, 10, 2));
    inputs.put("two branches and two classes", logits(manager, 2, 2, 5));
    inputs.put("one branch", logits(manager, 1, 4, 2));
    inputs.put("seven branches", logits(manager, 7, 5, 2));
    inputs.put("logits that are far apart", logits(manager, 3, 4, 5000));
    inputs.put("logits that are all the same", logits(manager, 3, 4, 0));
    return inputs;
  }

  private static NDArray logits(NDManager manager, int branches, int classes, double spread) {
    SplittableRandom random = new SplittableRandom(3);
    float[] numbers = new float[branches * IMAGES * classes];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (spread * random.nextDouble(-1, 1));
    }
    return manager.create(numbers, new Shape(branches, IMAGES, classes));
  }

  @Override
  int imageAxis() {
    return 1;
  }

  @Override
  Map<String, NDArray> outputs(NDArray logits) {
    Fusion.Fused fused = fusion().fuse(logits);
    Map<String, NDArray> outputs = new LinkedHashMap<>();
    outputs.put("logits", fused.logits());
    outputs.put("confidences", fused.confidences());
    outputs.put("weights", fused.weights());
    return outputs;
  }
}
