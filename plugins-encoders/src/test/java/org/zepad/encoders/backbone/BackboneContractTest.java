package org.zepad.encoders.backbone;

import org.junit.jupiter.api.Nested;

/** The contract of backbones, of every architecture of this module and every form of its stem. */
class BackboneContractTest {
  @Nested
  class ResNet18OfCifar extends OwnBackboneContract<ResNetOptions> {
    ResNet18OfCifar() {
      super(SmallBackbone.RESNET18_CIFAR);
    }
  }

  @Nested
  class ResNet18OfImagenet extends OwnBackboneContract<ResNetOptions> {
    ResNet18OfImagenet() {
      super(SmallBackbone.RESNET18_IMAGENET);
    }
  }

  @Nested
  class ResNet34 extends OwnBackboneContract<ResNetOptions> {
    ResNet34() {
      super(SmallBackbone.RESNET34);
    }
  }

  @Nested
  class ResNet50 extends OwnBackboneContract<ResNetOptions> {
    ResNet50() {
      super(SmallBackbone.RESNET50);
    }
  }

  @Nested
  class VitTiny extends OwnBackboneContract<VitTinyOptions> {
    VitTiny() {
      super(SmallBackbone.VIT_TINY);
    }
  }

  @Nested
  class VitSmall extends OwnBackboneContract<VitSmallOptions> {
    VitSmall() {
      super(SmallBackbone.VIT_SMALL);
    }
  }
}
