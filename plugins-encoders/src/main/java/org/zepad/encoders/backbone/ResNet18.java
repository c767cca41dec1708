package org.zepad.encoders.backbone;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.BatchNormalisation;
import org.zepad.encoders.layers.Convolution;
import org.zepad.encoders.layers.Initializer;

/**
 * The 18-layer residual network (He et al. 2016) without its classifier: a stem, four layers of two
 * {@linkplain BasicBlock basic blocks} with w, 2w, 4w and 8w channels, and the mean over space.
 * Names, order and initial distribution of the tensors are torchvision's.
 */
final class ResNet18 implements Backbone {
  static final int LAYERS = 4;
  static final int BLOCKS = 2;

  private final int width;
  private final boolean pooled;
  private final StateDict state;
  private final Convolution conv1;
  private final BatchNormalisation bn1;
  private final List<List<BasicBlock>> layers = new ArrayList<>();

  ResNet18(ResNet18Options options, RunContext context) {
    width = options.width();
    pooled = options.stem().pooled();
    state = new StateDict(context.manager());
    Initializer initializer = new Initializer(context.random());
    conv1 =
        new Convolution(
            context.ops(),
            state,
            "conv1",
            3,
            width,
            options.stem().kernel(),
            options.stem().stride(),
            options.stemPadding(),
            initializer);
    bn1 = new BatchNormalisation(state, "bn1", width);
    int in = width;
    for (int layer = 0; layer < LAYERS; layer++) {
      int out = width << layer;
      List<BasicBlock> blocks = new ArrayList<>();
      for (int block = 0; block < BLOCKS; block++) {
        String name = "layer" + (layer + 1) + "." + block;
        int stride = layer > 0 && block == 0 ? 2 : 1;
        blocks.add(new BasicBlock(context.ops(), state, name, in, out, stride, initializer));
        in = out;
      }
      layers.add(blocks);
    }
  }

  @Override
  public int featureDim() {
    return width << (LAYERS - 1);
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    return features(images, training, stage -> {});
  }

  /**
   * The features, with a look at what comes before them.
   *
   * @param observer sees the output of the stem before pooling, then of each of the four layers; an
   *     array is closed when the observer returns
   */
  NDArray features(NDArray images, boolean training, Consumer<NDArray> observer) {
    NDArray x = then(conv1.apply(images), a -> bn1.apply(a, training));
    x = then(x, Activation::relu);
    observer.accept(x);
    x = pool(x);
    for (List<BasicBlock> layer : layers) {
      for (BasicBlock block : layer) {
        x = block.apply(x, training);
      }
      observer.accept(x);
    }
    return then(x, Pool::globalAvgPool2d);
  }

  /** Folded: a gradient by the pixels takes a quarter less time. */
  @Override
  public UnaryOperator<NDArray> evaluator(NDManager scope) {
    UnaryOperator<NDArray> first = conv1.fold(bn1, scope);
    List<UnaryOperator<NDArray>> folded =
        layers.stream().flatMap(List::stream).map(block -> block.fold(scope)).toList();
    return images -> {
      NDArray x = pool(then(first.apply(images), Activation::relu));
      for (UnaryOperator<NDArray> block : folded) {
        x = block.apply(x);
      }
      return then(x, Pool::globalAvgPool2d);
    };
  }

  private NDArray pool(NDArray x) {
    return pooled
        ? then(x, a -> Pool.maxPool2d(a, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false))
        : x;
  }
}
