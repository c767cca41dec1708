package org.zepad.core.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.zepad.api.graph.Value;
import org.zepad.core.onnx.OnnxValue.Result;

class OnnxGraphTest {
  private final OnnxGraph graph = new OnnxGraph();
  private final Value images = graph.input("images");
  private final Value kernel = graph.constant(new float[2 * 3 * 3 * 3], 2, 3, 3, 3);
  private final Value ones = graph.constant(new float[] {1, 1}, 2);

  @Test
  void everyOperatorIsKnownToTheOperatorSetThatFilesDeclare() {
    for (Operator operator : Operator.values()) {
      assertThat(operator.since()).as(operator.onnx()).isBetween(1, Operator.OPSET);
      assertThat(Operator.of(operator.onnx())).contains(operator);
    }
  }

  @Test
  void aBatchNormBehindAConvolutionIsFoldedAwayWithTheOldWeights() {
    Value convolved = graph.conv2d(images, kernel, null, 1, 1, 1);
    graph.output("y", graph.batchNorm(convolved, ones, ones, ones, ones, 1e-5));
    assertThat(operators()).containsExactly(Operator.CONV, Operator.IDENTITY);
    assertThat(graph.needed()).doesNotContain((OnnxValue) kernel);
  }

  @Test
  void aConvolutionThatSomethingElseNeedsToRemainsBesideTheFoldedOne() {
    Value convolved = graph.conv2d(images, kernel, null, 1, 1, 1);
    Value normalised = graph.batchNorm(convolved, ones, ones, ones, ones, 1e-5);
    graph.output("y", graph.add(convolved, normalised));
    assertThat(operators())
        .containsExactly(Operator.CONV, Operator.CONV, Operator.ADD, Operator.IDENTITY);
  }

  @Test
  void aBatchNormBehindSomethingElseStays() {
    graph.output("y", graph.batchNorm(graph.relu(images), ones, ones, ones, ones, 1e-5));
    assertThat(operators()).contains(Operator.BATCH_NORMALIZATION);
  }

  @Test
  void theNormalisationOfPixelsIsFoldedOnlyWhereThereIsNoPadding() {
    graph.output("y", graph.conv2d(normalised(), kernel, null, 1, 0, 1));
    assertThat(operators()).containsExactly(Operator.CONV, Operator.IDENTITY);
    graph.output("z", graph.conv2d(normalised(), kernel, null, 1, 1, 1));
    assertThat(operators()).contains(Operator.SUB, Operator.DIV);
  }

  @Test
  void aValueOfAnotherGraphIsRefused() {
    Value foreign = new OnnxGraph().input("images");
    assertThatThrownBy(() -> graph.add(images, foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another graph");
  }

  private Value normalised() {
    Value mean = graph.constant(new float[] {0.4f, 0.5f, 0.6f}, 1, 3, 1, 1);
    return graph.div(graph.sub(images, mean), mean);
  }

  private List<Operator> operators() {
    return graph.needed().stream()
        .filter(Result.class::isInstance)
        .map(value -> ((Result) value).operator())
        .toList();
  }
}
