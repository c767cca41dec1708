package org.zepad.encoders.backbone;

import java.util.List;

/**
 * One residual block of a network.
 *
 * @param name what the names of its tensors begin with: {@code layer1.0}
 * @param in channels that it takes
 * @param width channels of its 3x3 convolutions
 * @param stride of the block
 */
record BlockPlan(String name, BlockKind kind, int in, int width, int stride) {

  /** Channels that it gives. */
  int out() {
    return width * kind.expansion();
  }

  /** The convolutions of its branch. */
  List<BlockKind.Step> steps() {
    return kind.steps(in, width, stride);
  }

  /** Whether the shortcut needs a 1x1 convolution, because the block changes the shape. */
  boolean projects() {
    return stride != 1 || in != out();
  }
}
