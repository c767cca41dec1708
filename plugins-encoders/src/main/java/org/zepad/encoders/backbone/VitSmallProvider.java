package org.zepad.encoders.backbone;

/**
 * ViT-small: the vision transformer of Dosovitskiy et al. 2021, "An Image is Worth 16x16 Words", in
 * the size of Touvron et al. 2021, "Training data-efficient image transformers" (DeiT, table 1).
 */
public final class VitSmallProvider extends VitProvider<VitSmallOptions> {

  /** Called by the service loader. */
  public VitSmallProvider() {
    super(
        "vit-small",
        "Vision transformer of 384 numbers a token, with the tensor names of DINO and timm",
        VitSmallOptions.class);
  }

  @Override
  boolean takes(int dim) {
    return dim > TINY;
  }

  @Override
  VitSize size(VitSmallOptions options) {
    return options.size();
  }

  @Override
  VitSmallOptions options(VitSize size) {
    return new VitSmallOptions(
        size.dim(), size.depth(), size.heads(), size.patch(), size.imageSize());
  }
}
