package org.zepad.encoders.backbone;

import java.util.List;

/** The branch of a residual block (He et al. 2016, figure 5), as torchvision builds it. */
enum BlockKind {
  /** Two 3x3 convolutions. */
  BASIC(1) {
    @Override
    List<Step> steps(int in, int width, int stride) {
      return List.of(new Step(in, width, 3, stride), new Step(width, width, 3, 1));
    }
  },
  /**
   * A 1x1 convolution to fewer channels, a 3x3 one, a 1x1 one to four times as many. The stride
   * lies in the middle, not in the first as in the paper (torchvision's "ResNet v1.5").
   */
  BOTTLENECK(4) {
    @Override
    List<Step> steps(int in, int width, int stride) {
      return List.of(
          new Step(in, width, 1, 1),
          new Step(width, width, 3, stride),
          new Step(width, expansion() * width, 1, 1));
    }
  };

  private final int expansion;

  BlockKind(int expansion) {
    this.expansion = expansion;
  }

  /** How many times its width a block gives. */
  int expansion() {
    return expansion;
  }

  /** The convolutions in their order; each has a batch norm after it. */
  abstract List<Step> steps(int in, int width, int stride);

  /** A square convolution that keeps the size of the image but for its stride. */
  record Step(int in, int out, int kernel, int stride) {
    int padding() {
      return kernel / 2;
    }
  }
}
