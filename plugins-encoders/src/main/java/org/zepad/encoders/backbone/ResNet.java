package org.zepad.encoders.backbone;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.encoders.layers.BatchNormalisation;
import org.zepad.encoders.layers.Convolution;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.NormalisedConvolution;

/**
 * A residual network (He et al. 2016) without its classifier: a stem, four layers of {@linkplain
 * ResidualBlock blocks} of widths w, 2w, 4w and 8w, and the mean over space. Names, order and
 * initial distribution of the tensors are torchvision's.
 */
final class ResNet implements Backbone {
  private final int featureDim;
  private final boolean pooled;
  private final TensorOps ops;
  private final StateDict state;
  private final NormalisedConvolution stem;
  private final List<List<ResidualBlock>> layers = new ArrayList<>();

  ResNet(ResNetLayout layout, ResNetOptions options, RunContext context) {
    int width = options.width();
    featureDim = layout.featureDim(width);
    pooled = options.stem().pooled();
    ops = context.ops();
    state = new StateDict(context.manager());
    Initializer initializer = new Initializer(context.random());
    stem =
        new NormalisedConvolution(
            new Convolution(
                context.ops(),
                state,
                "conv1",
                3,
                width,
                options.stem().kernel(),
                options.stem().stride(),
                options.stemPadding(),
                initializer),
            new BatchNormalisation(state, "bn1", width));
    for (List<BlockPlan> plans : layout.layers(width)) {
      List<ResidualBlock> blocks = new ArrayList<>();
      for (BlockPlan plan : plans) {
        blocks.add(new ResidualBlock(context.ops(), state, plan, initializer));
      }
      layers.add(blocks);
    }
  }

  @Override
  public int featureDim() {
    return featureDim;
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    return features(
        images,
        x -> then(stem.apply(x, training), Activation::relu),
        blocks().map(block -> (UnaryOperator<NDArray>) x -> block.apply(x, training)).toList());
  }

  /** Folded, with a way back to the pixels that records nothing of the parameters. */
  @Override
  public UnaryOperator<NDArray> evaluator(NDManager scope) {
    UnaryOperator<NDArray> first = foldedStem(scope);
    List<UnaryOperator<NDArray>> folded = blocks().map(block -> block.fold(scope)).toList();
    return images -> features(images, first, folded);
  }

  private UnaryOperator<NDArray> foldedStem(NDManager scope) {
    FoldedStem folded = new FoldedStem(ops, stem.fold(scope));
    return x -> ops.differentiable(x, folded);
  }

  /** The features by the stem and the blocks in one of their forms. */
  private NDArray features(
      NDArray images, UnaryOperator<NDArray> first, List<UnaryOperator<NDArray>> blocks) {
    NDArray x = pool(first.apply(images));
    for (UnaryOperator<NDArray> block : blocks) {
      x = block.apply(x);
    }
    return then(x, Pool::globalAvgPool2d);
  }

  private Stream<ResidualBlock> blocks() {
    return layers.stream().flatMap(List::stream);
  }

  @Override
  public List<String> layers() {
    List<String> names = new ArrayList<>(List.of("stem"));
    for (int layer = 0; layer < layers.size(); layer++) {
      for (int block = 0; block < layers.get(layer).size(); block++) {
        names.add("layer" + (layer + 1) + "." + block);
      }
    }
    return names;
  }

  /** {@inheritDoc} The stem's output is seen before it is pooled. */
  @Override
  public Function<NDArray, List<NDArray>> activations(List<String> wanted, NDManager scope) {
    List<UnaryOperator<NDArray>> steps = new ArrayList<>();
    UnaryOperator<NDArray> first = foldedStem(scope);
    steps.add(first);
    for (ResidualBlock block : blocks().toList()) {
      steps.add(block.fold(scope));
    }
    UnaryOperator<NDArray> second = steps.get(1);
    steps.set(1, x -> second.apply(pool(x)));
    return new Activations(layers(), steps, wanted);
  }

  @Override
  public Value describe(Graph graph, Value images, int size) {
    Value x = graph.relu(stem.describe(graph, images));
    x = pooled ? graph.maxPool(x, 3, 2, 1) : x;
    for (ResidualBlock block : blocks().toList()) {
      x = block.describe(graph, x);
    }
    return graph.mean(x, false, 2, 3);
  }

  private NDArray pool(NDArray x) {
    return pooled
        ? then(x, a -> Pool.maxPool2d(a, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false))
        : x;
  }
}
