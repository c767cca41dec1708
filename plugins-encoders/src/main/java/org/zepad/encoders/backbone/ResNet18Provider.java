package org.zepad.encoders.backbone;

/**
 * ResNet-18 (He et al. 2016, "Deep Residual Learning for Image Recognition"), of two basic blocks
 * in each layer.
 */
public final class ResNet18Provider extends ResNetProvider {

  /** Called by the service loader. */
  public ResNet18Provider() {
    super(
        "resnet18",
        "ResNet-18 with torchvision's tensor names, for small or ImageNet-sized images",
        ResNetLayout.RESNET18);
  }
}
