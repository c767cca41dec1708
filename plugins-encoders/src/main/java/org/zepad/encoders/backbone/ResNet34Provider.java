package org.zepad.encoders.backbone;

/**
 * ResNet-34 (He et al. 2016, "Deep Residual Learning for Image Recognition"), of 3, 4, 6 and 3
 * basic blocks.
 */
public final class ResNet34Provider extends ResNetProvider {

  /** Called by the service loader. */
  public ResNet34Provider() {
    super(
        "resnet34",
        "ResNet-34 with torchvision's tensor names, for small or ImageNet-sized images",
        ResNetLayout.RESNET34);
  }
}
