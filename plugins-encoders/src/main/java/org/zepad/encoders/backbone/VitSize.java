package org.zepad.encoders.backbone;

import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;

/**
 * How large a vision transformer is.
 *
 * @param dim length of a token, and of the features
 * @param depth number of blocks
 * @param heads of the attention, a divisor of dim; 0 becomes the {@linkplain #usualHeads usual
 *     number}
 * @param patch side of a patch in pixels
 * @param imageSize side in pixels of the images that the position embeddings are for, a multiple of
 *     patch
 */
record VitSize(int dim, int depth, int heads, int patch, int imageSize) {
  static final int GREATEST_DIM = 1024;
  static final int GREATEST_DEPTH = 48;
  static final int GREATEST_PATCH = 64;
  static final int GREATEST_IMAGE = 1024;

  private static final int USUAL_HEAD = 64;
  private static final int EXPANSION = 4;

  VitSize {
    String problem = problem(dim, depth, heads, patch, imageSize);
    if (problem != null) {
      throw ZepadException.usage("a vision transformer needs " + problem);
    }
    heads = heads == 0 ? usualHeads(dim) : heads;
  }

  /** Patches along a side of an image. */
  int side() {
    return imageSize / patch;
  }

  /** Length of the hidden layer of a block's perceptron. */
  int hidden() {
    return EXPANSION * dim;
  }

  /**
   * The largest number of heads that share dim evenly with at least 64 numbers each, or 1: 3 for
   * ViT-tiny, 6 for ViT-small.
   */
  static int usualHeads(int dim) {
    int heads = Math.max(1, dim / USUAL_HEAD);
    while (dim % heads != 0) {
      heads--;
    }
    return heads;
  }

  /** What a size of these numbers lacks, or null if nothing. */
  static @Nullable String problem(int dim, int depth, int heads, int patch, int imageSize) {
    if (outside(dim, GREATEST_DIM)) {
      return "a dim from 1 to " + GREATEST_DIM + ", got " + dim;
    }
    if (outside(depth, GREATEST_DEPTH)) {
      return "a depth from 1 to " + GREATEST_DEPTH + ", got " + depth;
    }
    if (heads < 0 || heads > dim || (heads > 0 && dim % heads != 0)) {
      return "a number of heads that divides its dim " + dim + ", or 0 for the usual, got " + heads;
    }
    if (outside(patch, GREATEST_PATCH)) {
      return "a patch from 1 to " + GREATEST_PATCH + " pixels, got " + patch;
    }
    if (outside(imageSize, GREATEST_IMAGE) || imageSize % patch != 0) {
      return "an image-size up to "
          + GREATEST_IMAGE
          + " that is a multiple of its patch "
          + patch
          + ", got "
          + imageSize;
    }
    return null;
  }

  private static boolean outside(int value, int greatest) {
    return value < 1 || value > greatest;
  }
}
