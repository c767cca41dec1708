package org.zepad.encoders.backbone;

/**
 * ViT-tiny: the vision transformer of Dosovitskiy et al. 2021, "An Image is Worth 16x16 Words", in
 * the size of Touvron et al. 2021, "Training data-efficient image transformers" (DeiT, table 1).
 */
public final class VitTinyProvider extends VitProvider<VitTinyOptions> {

  /** Called by the service loader. */
  public VitTinyProvider() {
    super(
        "vit-tiny",
        "Vision transformer of 192 numbers a token, with the tensor names of DINO and timm",
        VitTinyOptions.class);
  }

  @Override
  boolean takes(int dim) {
    return dim <= TINY;
  }

  @Override
  VitSize size(VitTinyOptions options) {
    return options.size();
  }

  @Override
  VitTinyOptions options(VitSize size) {
    return new VitTinyOptions(
        size.dim(), size.depth(), size.heads(), size.patch(), size.imageSize());
  }
}
