package org.zepad.api.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;

/**
 * An encoder of which something else is told: a defence says in the provenance of what it tuned how
 * it did so. Computes what the other computes, with the tensors of the other; closing it closes the
 * other.
 *
 * @param encoder what computes
 * @param info what is told instead of its own
 */
public record DescribedEncoder(Encoder encoder, EncoderInfo info) implements Encoder {

  @Override
  public int featureDim() {
    return encoder.featureDim();
  }

  @Override
  public StateDict state() {
    return encoder.state();
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    return encoder.features(images, training);
  }

  @Override
  public NDArray viewFeatures(NDArray views) {
    return encoder.viewFeatures(views);
  }

  @Override
  public UnaryOperator<NDArray> evaluator(NDManager scope) {
    return encoder.evaluator(scope);
  }

  @Override
  public List<String> layers() {
    return encoder.layers();
  }

  @Override
  public Function<NDArray, List<NDArray>> activations(List<String> layers, NDManager scope) {
    return encoder.activations(layers, scope);
  }

  @Override
  public Value describe(Graph graph, Value images) {
    return encoder.describe(graph, images);
  }

  @Override
  public Encoder duplicate() {
    return new DescribedEncoder(encoder.duplicate(), info);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
