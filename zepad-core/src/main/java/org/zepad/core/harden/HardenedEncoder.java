package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.UnaryOperator;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;

/** An encoder with a history of its own. */
record HardenedEncoder(Encoder encoder, EncoderInfo info) implements Encoder {

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
  public UnaryOperator<NDArray> evaluator(NDManager scope) {
    return encoder.evaluator(scope);
  }

  @Override
  public Value describe(Graph graph, Value images) {
    return encoder.describe(graph, images);
  }

  @Override
  public Encoder duplicate() {
    return new HardenedEncoder(encoder.duplicate(), info);
  }

  @Override
  public void close() {
    encoder.close();
  }
}
