package org.zepad.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.zepad.api.RunContext;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.attack.FeatureTarget;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;

/**
 * A defence of three untrained branches for contract tests of attacks, adaptive ones included. The
 * branches weigh in by their confidence, as in ZePAD's fusion; the last one is the benign memory,
 * and the detector's score is the greatest confidence of the others minus its own.
 */
final class TinyDefence implements DefenceTarget {
  private static final int BRANCHES = 3;
  private static final int CLASSES = 5;
  private static final double STEEPNESS = 3;
  private static final double THRESHOLD = 0.1;

  private final List<Branch> branches = new ArrayList<>();

  /** Its branches live in the scope of the context. */
  TinyDefence(RunContext context) {
    for (int i = 0; i < BRANCHES; i++) {
      RunContext own = context.child("branch-" + i);
      branches.add(Branch.random(new TinyConvolutions(own), own));
    }
  }

  /** Every tensor of the branches. */
  StateDict state(RunContext context) {
    StateDict all = new StateDict(context.manager());
    for (int i = 0; i < BRANCHES; i++) {
      all.include(i + ".encoder.", branches.get(i).encoder.state());
      all.include(i + ".head.", branches.get(i).head);
    }
    return all;
  }

  @Override
  public List<? extends FeatureTarget> branches() {
    return List.copyOf(branches);
  }

  @Override
  public NDArray features(NDArray images) {
    return NDArrays.concat(
        new NDList(branches.stream().map(branch -> branch.features(images)).toList()), 1);
  }

  @Override
  public NDArray logits(NDArray images) {
    return forward(images).fused().logits();
  }

  @Override
  public Output forward(NDArray images) {
    NDArray logits =
        NDArrays.stack(new NDList(branches.stream().map(branch -> branch.logits(images)).toList()));
    NDArray most = logits.softmax(2).max(new int[] {2});
    NDArray confidences = most.mul(Scalars.times(most.sub(0.5), STEEPNESS).exp()).transpose();
    NDArray weights = confidences.div(confidences.sum(new int[] {1}, true));
    NDArray fused = logits.mul(weights.transpose().expandDims(2)).sum(new int[] {0});
    NDArray detection =
        confidences.get(":, 0").maximum(confidences.get(":, 1")).sub(confidences.get(":, 2"));
    return new Output(logits, new Fusion.Fused(fused, confidences, weights), detection);
  }

  @Override
  public OptionalDouble threshold() {
    return OptionalDouble.of(THRESHOLD);
  }

  /** An encoder with one linear layer. */
  private record Branch(Encoder encoder, StateDict head) implements FeatureTarget {

    static Branch random(Encoder encoder, RunContext context) {
      StateDict head = new StateDict(context.manager());
      SplittableRandom random = context.random();
      float[] weight = new float[encoder.featureDim() * CLASSES];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = (float) random.nextGaussian();
      }
      head.parameter(
          "weight", context.manager().create(weight, new Shape(encoder.featureDim(), CLASSES)));
      return new Branch(encoder, head);
    }

    @Override
    public NDArray features(NDArray images) {
      return encoder.features(images, false);
    }

    @Override
    public NDArray logits(NDArray images) {
      return features(images).matMul(head.get("weight"));
    }
  }
}
