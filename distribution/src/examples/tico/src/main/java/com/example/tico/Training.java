package com.example.tico;

import ai.djl.ndarray.NDArray;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/** TiCo at work. What a step leaves to the next one lies in the state, and so in a checkpoint. */
record Training(Tico.Options options, Encoder encoder, StateDict state, TensorOps ops)
    implements SslMethod {
  static final String WEIGHT = "projector.weight";
  static final String COVARIANCE = "covariance";

  @Override
  public NDArray loss(Batch batch) {
    NDArray one = project(batch.views().get(0));
    NDArray two = project(batch.views().get(1));
    NDArray invariance = one.mul(two).sum(new int[] {1}).mean();
    NDArray contrast = one.matMul(covariance(one)).mul(one).sum(new int[] {1}).mean();
    return Scalars.times(contrast, options.contrast()).sub(invariance).add(1);
  }

  private NDArray project(NDArray view) {
    return encoder.features(view, true).matMul(state.get(WEIGHT)).normalize(2, 1, 1e-12);
  }

  /** The moving covariance with that of these rows, which is remembered. */
  private NDArray covariance(NDArray rows) {
    NDArray before = state.get(COVARIANCE).duplicate();
    // The state owns its copy; the step's results are to go with the step.
    before.attach(rows.getManager());
    NDArray own = Scalars.over(rows.transpose().matMul(rows), rows.getShape().get(0));
    NDArray moved = Scalars.times(own, 1 - options.memory());
    NDArray after = moved.add(Scalars.times(before, options.memory()));
    ops.detach(after).copyTo(state.get(COVARIANCE));
    return after;
  }
}
