package org.zepad.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.tensor.StateDict;

/**
 * Two convolutions and the mean over space: an encoder of images of any size, for contract tests.
 */
public final class TinyConvolutions implements Encoder {
  private static final int CHANNELS = 16;
  private static final int FEATURES = 32;

  private final RunContext context;
  private final StateDict state;

  /** With weights drawn from the context's seed, in its scope. */
  public TinyConvolutions(RunContext context) {
    this.context = context;
    state = new StateDict(context.manager());
    SplittableRandom random = context.random();
    parameter("conv1.weight", random, 0.3, CHANNELS, 3, 3, 3);
    parameter("conv1.bias", random, 0.1, CHANNELS);
    parameter("conv2.weight", random, 0.1, FEATURES, CHANNELS, 3, 3);
    parameter("conv2.bias", random, 0.1, FEATURES);
  }

  private void parameter(String name, SplittableRandom random, double deviation, long... shape) {
    float[] values = new float[(int) new Shape(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    state.parameter(name, state.manager().create(values, new Shape(shape)));
  }

  @Override
  public EncoderInfo info() {
    return new EncoderInfo(
        "tiny-convolutions", Map.of(), "unknown", Preprocessing.cifar(16), Map.of());
  }

  @Override
  public int featureDim() {
    return FEATURES;
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    NDArray centred = images.sub(0.5);
    return convolve(convolve(centred, "conv1"), "conv2").mean(new int[] {3}).mean(new int[] {2});
  }

  @Override
  public List<String> layers() {
    return List.of("conv1", "conv2");
  }

  @Override
  public Function<NDArray, List<NDArray>> activations(List<String> layers, NDManager scope) {
    if (!layers().containsAll(layers)) {
      throw ZepadException.usage("there are layers " + layers() + ", wanted are " + layers);
    }
    return images -> {
      NDArray first = convolve(images.sub(0.5), "conv1");
      NDArray second = layers.contains("conv2") ? convolve(first, "conv2") : first;
      return layers.stream().map(name -> name.equals("conv1") ? first : second).toList();
    };
  }

  private NDArray convolve(NDArray x, String name) {
    return Activation.relu(
        context.ops().conv2d(x, state.get(name + ".weight"), state.get(name + ".bias"), 2, 1));
  }

  @Override
  public Encoder duplicate() {
    TinyConvolutions copy = new TinyConvolutions(context);
    copy.state.load(state.tensors());
    return copy;
  }

  @Override
  public void close() {
    state.close();
  }
}
