package org.zepad.encoders.backbone;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.layers.Initializer;
import org.zepad.encoders.layers.LayerNormalisation;
import org.zepad.encoders.layers.PatchEmbedding;
import org.zepad.encoders.layers.PositionEmbedding;

/**
 * A vision transformer (Dosovitskiy et al. 2021) without its classifier: patches, a class token,
 * {@linkplain TransformerBlock blocks} and a norm; the features are the class token. Names and
 * order of the tensors are DINO's and timm's, the initial distribution is DINO's. It has no batch
 * norm and no dropout: training and evaluation are the same.
 */
final class VisionTransformer implements Backbone {
  static final double EPSILON = 1e-6;

  /**
   * Of the initial weights. DINO and timm cut this normal distribution at +-2, a hundred
   * deviations, which is not at all.
   */
  static final double DEVIATION = 0.02;

  private final VitSize size;
  private final StateDict state;
  private final NDArray classToken;
  private final PositionEmbedding positions;
  private final PatchEmbedding patches;
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final LayerNormalisation norm;

  VisionTransformer(VitSize size, RunContext context) {
    this.size = size;
    state = new StateDict(context.manager());
    Initializer initializer = new Initializer(context.random());
    int dim = size.dim();
    classToken =
        state.parameter("cls_token", initializer.normal(state.manager(), DEVIATION, 1, 1, dim));
    positions = new PositionEmbedding(state, "pos_embed", size.side(), dim, DEVIATION, initializer);
    patches =
        new PatchEmbedding(
            context.ops(), state, "patch_embed.proj", dim, size.patch(), initializer);
    for (int block = 0; block < size.depth(); block++) {
      blocks.add(new TransformerBlock(state, "blocks." + block, size, initializer));
    }
    norm = new LayerNormalisation(state, "norm", dim, EPSILON);
  }

  @Override
  public int featureDim() {
    return size.dim();
  }

  @Override
  public StateDict state() {
    return state;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ZepadException of kind USAGE if an image is smaller than a patch
   */
  @Override
  public NDArray features(NDArray images, boolean training) {
    return then(then(encode(images), tokens -> tokens.get(":, 0")), norm::apply);
  }

  @Override
  public List<String> layers() {
    return IntStream.range(0, blocks.size()).mapToObj(block -> "blocks." + block).toList();
  }

  /** {@inheritDoc} Tokens, (N, 1 + patches, dim), the class token first. */
  @Override
  public Function<NDArray, List<NDArray>> activations(List<String> wanted, NDManager scope) {
    List<UnaryOperator<NDArray>> steps = new ArrayList<>();
    blocks.forEach(block -> steps.add(block::apply));
    UnaryOperator<NDArray> first = steps.get(0);
    steps.set(0, images -> first.apply(then(grid(images), this::sequence)));
    return new Activations(layers(), steps, wanted);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ZepadException of kind USAGE if an image is smaller than a patch
   */
  @Override
  public Value describe(Graph graph, Value images, int imageSize) {
    int side = imageSize / size.patch();
    requirePatch(imageSize, imageSize);
    Value grid = patches.describe(graph, images);
    Value tokens = graph.transpose(graph.reshape(grid, 0, 0, -1), 0, 2, 1);
    Value classes = graph.repeat(graph.constant(classToken), tokens);
    Value x = positions.describe(graph, graph.concat(List.of(classes, tokens), 1), side, side);
    for (TransformerBlock block : blocks) {
      x = block.describe(graph, x);
    }
    return norm.describe(graph, graph.pick(x, 1, 0));
  }

  /** All tokens after the final norm, (N, 1 + patches, dim), the class token first. */
  NDArray tokens(NDArray images) {
    return then(encode(images), norm::apply);
  }

  /** The embedded patches before positions are added, (N, patches, dim), row by row. */
  NDArray patchTokens(NDArray images) {
    return then(grid(images), VisionTransformer::inRows);
  }

  private NDArray encode(NDArray images) {
    NDArray x = then(grid(images), this::sequence);
    for (TransformerBlock block : blocks) {
      x = block.apply(x);
    }
    return x;
  }

  private NDArray grid(NDArray images) {
    requirePatch(images.getShape().get(2), images.getShape().get(3));
    return patches.apply(images);
  }

  private void requirePatch(long height, long width) {
    if (height < size.patch() || width < size.patch()) {
      throw ZepadException.usage(
          "images of "
              + height
              + " x "
              + width
              + " pixels hold no patch of "
              + size.patch()
              + "; take a smaller patch or larger images");
    }
  }

  /** Patches (N, dim, rows, columns) to tokens with their positions, the class token first. */
  private NDArray sequence(NDArray grid) {
    Shape shape = grid.getShape();
    try (NDArray tokens = inRows(grid);
        NDArray classes = classToken.broadcast(shape.get(0), 1, size.dim())) {
      // It would belong to the state otherwise, and so would what is made of it.
      classes.attach(grid.getManager());
      return then(
          classes.concat(tokens, 1),
          all -> positions.addTo(all, (int) shape.get(2), (int) shape.get(3)));
    }
  }

  private static NDArray inRows(NDArray grid) {
    Shape shape = grid.getShape();
    return then(grid.reshape(shape.get(0), shape.get(1), -1), a -> a.transpose(0, 2, 1));
  }
}
