package org.zepad.encoders.backbone;

import org.zepad.api.Option;
import org.zepad.api.ZepadException;

/**
 * The options of the residual networks.
 *
 * @param width channels of the stem and of the first layer's 3x3 convolutions; features have 8
 *     times as many, with bottlenecks 32 times
 * @param stem how the network begins
 * @param padding zero padding of the CIFAR stem's convolution, in pixels. A checkpoint's tensors do
 *     not tell it: solo-learn trains its CIFAR encoders with 2, the public code of ZePAD and of
 *     most others runs them with 1, which is the default. The other stems fix their own padding.
 */
public record ResNetOptions(
    @Option(defaultValue = "64", min = 1, max = 1024, help = "Channels of the first layer")
        int width,
    @Option(
            defaultValue = "cifar",
            help =
                "How the network begins: cifar (3x3), imagenet (7x7 stride 2, pooling),"
                    + " imagenet-reference (7x7 stride 1, no pooling)")
        Stem stem,
    @Option(
            defaultValue = "1",
            min = 1,
            max = 2,
            help = "Padding of the cifar stem; encoders trained by solo-learn want 2")
        int padding) {
  public ResNetOptions {
    if (width < 1 || width > 1024 || padding < 1 || padding > 2) {
      throw ZepadException.usage(
          "a residual network needs a width from 1 to 1024 and a padding of 1 or 2, got width "
              + width
              + " and padding "
              + padding);
    }
    if (padding != 1 && stem != Stem.CIFAR) {
      throw ZepadException.usage(
          "padding " + padding + " goes with the cifar stem alone; leave it out here");
    }
  }

  /** The padding of the first convolution. */
  int stemPadding() {
    return switch (stem) {
      case CIFAR -> padding;
      case IMAGENET -> 3;
      case IMAGENET_REFERENCE -> 1;
    };
  }
}
