package org.zepad.encoders.backbone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tells one residual network from another (He et al. 2016, table 1). */
enum ResNetLayout {
  // Of one kind of block, the shallower comes first: recognition takes the first that fits.
  RESNET18(BlockKind.BASIC, 2, 2, 2, 2),
  RESNET34(BlockKind.BASIC, 3, 4, 6, 3),
  RESNET50(BlockKind.BOTTLENECK, 3, 4, 6, 3);

  private static final int LAYERS = 4;
  private static final Pattern BLOCK = Pattern.compile("layer([1-4])\\.(\\d{1,3})\\.(.+)");

  private final BlockKind kind;

  /** Blocks of each layer; neither changed nor given away. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final int[] blocks;

  ResNetLayout(BlockKind kind, int... blocks) {
    this.kind = kind;
    this.blocks = blocks;
  }

  /**
   * The blocks, layer by layer.
   *
   * @param width channels of the stem and of the first layer's 3x3 convolutions; each further layer
   *     has twice as many and halves the image
   */
  List<List<BlockPlan>> layers(int width) {
    List<List<BlockPlan>> layers = new ArrayList<>();
    int in = width;
    for (int layer = 0; layer < LAYERS; layer++) {
      List<BlockPlan> plans = new ArrayList<>();
      for (int block = 0; block < blocks[layer]; block++) {
        String name = "layer" + (layer + 1) + "." + block;
        int stride = layer > 0 && block == 0 ? 2 : 1;
        BlockPlan plan = new BlockPlan(name, kind, in, width << layer, stride);
        plans.add(plan);
        in = plan.out();
      }
      layers.add(plans);
    }
    return layers;
  }

  /** The length of a feature vector. */
  int featureDim(int width) {
    return (width << (LAYERS - 1)) * kind.expansion();
  }

  /**
   * The one network that tensors of these names are of: the shallowest of their kind of block that
   * has a place for each block. Some may be missing. Since there is one answer, no two networks
   * ever recognise the same tensors.
   *
   * @return empty if they are of none, or of one that is deeper than any of these
   */
  static Optional<ResNetLayout> of(Set<String> names) {
    int[] present = new int[LAYERS];
    BlockKind kind = BlockKind.BASIC;
    for (String name : names) {
      Matcher matcher = BLOCK.matcher(name);
      if (matcher.matches()) {
        int layer = Integer.parseInt(matcher.group(1)) - 1;
        present[layer] = Math.max(present[layer], Integer.parseInt(matcher.group(2)) + 1);
        if (matcher.group(3).startsWith("conv3.")) {
          kind = BlockKind.BOTTLENECK;
        }
      }
    }
    if (present[0] == 0) {
      return Optional.empty();
    }
    BlockKind found = kind;
    return Arrays.stream(values())
        .filter(layout -> layout.kind == found && layout.holds(present))
        .findFirst();
  }

  private boolean holds(int[] present) {
    for (int layer = 0; layer < LAYERS; layer++) {
      if (present[layer] > blocks[layer]) {
        return false;
      }
    }
    return true;
  }
}
