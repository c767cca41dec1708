package org.zepad.encoders.backbone;

/**
 * ResNet-50 (He et al. 2016, "Deep Residual Learning for Image Recognition"), of 3, 4, 6 and 3
 * bottlenecks.
 */
public final class ResNet50Provider extends ResNetProvider {

  /** Called by the service loader. */
  public ResNet50Provider() {
    super(
        "resnet50",
        "ResNet-50 with torchvision's tensor names, for small or ImageNet-sized images",
        ResNetLayout.RESNET50);
  }
}
