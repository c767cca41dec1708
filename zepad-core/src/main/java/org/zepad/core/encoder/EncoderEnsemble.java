package org.zepad.core.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.tensor.StateDict;

/**
 * Several encoders as one, so that any universal attack can be crafted against all of them at once:
 * a perturbation for encoders that are known transfers better to one that is not (Liu et al. 2017,
 * "Delving into Transferable Adversarial Examples", section 5).
 *
 * <p>Its features are those of the members, one after the other, each scaled to length 1 so that
 * none outweighs the others. Its inner layers are those whose names all members have; an output is
 * that of the members, flattened to (N, F), one after the other. The members belong to it.
 */
public final class EncoderEnsemble implements Encoder {
  private static final float SHORTEST = 1e-12f;

  private final List<Encoder> members;
  private final StateDict state;
  private final NDManager manager;

  /**
   * An ensemble.
   *
   * @param members two or more; it closes them
   * @param parent the scope that its own is made in
   */
  public EncoderEnsemble(List<? extends Encoder> members, NDManager parent) {
    if (members.size() < 2) {
      throw new IllegalArgumentException("an ensemble has two members or more");
    }
    this.members = List.copyOf(members);
    this.manager = parent.newSubManager();
    this.state = new StateDict(manager);
    for (int i = 0; i < members.size(); i++) {
      state.include(i + ".", members.get(i).state());
    }
  }

  /**
   * Its method is the members', joined by a plus; its pre-processing stands for the first one's.
   */
  @Override
  public EncoderInfo info() {
    return new EncoderInfo(
        "ensemble",
        Map.of(),
        members.stream().map(member -> member.info().method()).collect(Collectors.joining("+")),
        members.get(0).info().preprocessing(),
        Map.of());
  }

  @Override
  public int featureDim() {
    return members.stream().mapToInt(Encoder::featureDim).sum();
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    return joined(
        images, members.stream().map(m -> operator(x -> m.features(x, training))).toList());
  }

  @Override
  public UnaryOperator<NDArray> evaluator(NDManager scope) {
    List<UnaryOperator<NDArray>> evaluators =
        members.stream().map(member -> member.evaluator(scope)).toList();
    return images -> joined(images, evaluators);
  }

  private static UnaryOperator<NDArray> operator(UnaryOperator<NDArray> operator) {
    return operator;
  }

  private static NDArray joined(NDArray images, List<UnaryOperator<NDArray>> evaluators) {
    NDList features = new NDList();
    evaluators.forEach(
        evaluator -> features.add(evaluator.apply(images).normalize(2, 1, SHORTEST)));
    return NDArrays.concat(features, 1);
  }

  @Override
  public List<String> layers() {
    List<String> shared = new ArrayList<>(members.get(0).layers());
    members.forEach(member -> shared.retainAll(member.layers()));
    return shared;
  }

  @Override
  public Function<NDArray, List<NDArray>> activations(List<String> layers, NDManager scope) {
    List<Function<NDArray, List<NDArray>>> activations =
        members.stream().map(member -> member.activations(layers, scope)).toList();
    return images -> {
      List<List<NDArray>> outputs = activations.stream().map(a -> a.apply(images)).toList();
      return IntStream.range(0, layers.size()).mapToObj(layer -> flat(outputs, layer)).toList();
    };
  }

  private static NDArray flat(List<List<NDArray>> outputs, int layer) {
    NDList rows = new NDList();
    for (List<NDArray> ofMember : outputs) {
      NDArray output = ofMember.get(layer);
      rows.add(output.reshape(output.getShape().get(0), -1));
    }
    return NDArrays.concat(rows, 1);
  }

  @Override
  public Encoder duplicate() {
    return new EncoderEnsemble(members.stream().map(Encoder::duplicate).toList(), manager);
  }

  @Override
  public void close() {
    members.forEach(Encoder::close);
    state.close();
    manager.close();
  }
}
