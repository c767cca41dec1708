package org.zepad.encoders.backbone;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.zepad.api.ZepadException;

/**
 * The outputs of the wanted ones among a network's steps; what comes behind the last of them is not
 * computed.
 */
final class Activations implements Function<NDArray, List<NDArray>> {
  private final List<UnaryOperator<NDArray>> steps;
  private final List<Integer> wanted = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param names of the steps, in their order
   * @param steps each closes what it is given, but the first, which is given the images
   * @param wanted some of the names, at least one
   */
  Activations(List<String> names, List<UnaryOperator<NDArray>> steps, List<String> wanted) {
    for (String name : wanted) {
      if (!names.contains(name)) {
        throw ZepadException.usage("there is no inner layer '" + name + "'; there are " + names);
      }
      this.wanted.add(names.indexOf(name));
    }
    if (wanted.isEmpty()) {
      throw ZepadException.usage("name at least one inner layer of " + names);
    }
    this.steps = List.copyOf(steps.subList(0, Collections.max(this.wanted) + 1));
  }

  @Override
  public List<NDArray> apply(NDArray images) {
    List<NDArray> outputs = new ArrayList<>(Collections.nCopies(wanted.size(), images));
    NDArray x = images;
    for (int step = 0; step < steps.size(); step++) {
      x = steps.get(step).apply(x);
      for (int i = 0; i < outputs.size(); i++) {
        if (wanted.get(i) == step) {
          // A second handle with the same history, since the next step closes this one.
          outputs.set(i, x.reshape(x.getShape()));
        }
      }
    }
    x.close();
    return outputs;
  }
}
