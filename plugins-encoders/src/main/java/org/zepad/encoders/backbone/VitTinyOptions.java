package org.zepad.encoders.backbone;

import org.zepad.api.Option;
import org.zepad.api.ZepadException;

/**
 * The options of {@link VitTinyProvider}.
 *
 * @param dim length of a token, and of the features
 * @param depth number of blocks
 * @param heads of the attention, a divisor of dim; 0 becomes the usual number, dim / 64 but at
 *     least 1 (where that does not divide dim, the next smaller that does). A checkpoint's tensors
 *     do not tell it.
 * @param patch side of a patch, in pixels
 * @param imageSize side, in pixels, of the images that the position embeddings are made for, a
 *     multiple of patch; for images of another size they are interpolated
 */
public record VitTinyOptions(
    @Option(defaultValue = "192", min = 1, max = VitSize.GREATEST_DIM, help = "Length of a token")
        int dim,
    @Option(
            defaultValue = "12",
            min = 1,
            max = VitSize.GREATEST_DEPTH,
            help = "Number of transformer blocks")
        int depth,
    @Option(
            defaultValue = "0",
            min = 0,
            max = VitSize.GREATEST_DIM,
            help = "Heads of the attention, a divisor of dim; 0: dim / 64, at least 1")
        int heads,
    @Option(
            defaultValue = "16",
            min = 1,
            max = VitSize.GREATEST_PATCH,
            help = "Side of a patch in pixels")
        int patch,
    @Option(
            defaultValue = "224",
            min = 1,
            max = VitSize.GREATEST_IMAGE,
            help = "Side in pixels of the images that the position embeddings are made for")
        int imageSize) {

  /**
   * Checks the options and settles the number of heads.
   *
   * @throws ZepadException of kind USAGE if no network can have them
   */
  public VitTinyOptions {
    heads = new VitSize(dim, depth, heads, patch, imageSize).heads();
  }

  VitSize size() {
    return new VitSize(dim, depth, heads, patch, imageSize);
  }
}
