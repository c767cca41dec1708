package org.zepad.core.audit;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.OptionalDouble;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.attack.FeatureTarget;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.tensor.Scalars;

/**
 * A model's features under a readout of two classes, the second of which is planted near an image.
 * It is a defence of one branch, so that adaptive attacks, too, can be put to the test.
 *
 * @param model whose features are seen
 * @param weight (D, 1) of the readout
 * @param bias of the readout
 */
record PlantedModel(FeatureTarget model, NDArray weight, double bias) implements DefenceTarget {

  @Override
  public List<? extends FeatureTarget> branches() {
    return List.of(this);
  }

  @Override
  public NDArray features(NDArray images) {
    return model.features(images);
  }

  @Override
  public NDArray logits(NDArray images) {
    NDArray planted = Scalars.over(features(images).matMul(weight).add(bias), 2);
    return planted.neg().concat(planted, 1);
  }

  @Override
  public Output forward(NDArray images) {
    NDArray logits = logits(images);
    NDArray confidences = logits.softmax(1).max(new int[] {1}, true);
    return new Output(
        logits.expandDims(0),
        new Fusion.Fused(logits, confidences, confidences.onesLike()),
        confidences.squeeze(1));
  }

  @Override
  public OptionalDouble threshold() {
    return OptionalDouble.empty();
  }
}
