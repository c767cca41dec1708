package org.zepad.api.encoder;

import java.util.List;

/**
 * What an encoder does to an image before its backbone sees it. It belongs to the encoder, not to
 * the data set and not to the attack.
 *
 * @param size side in pixels to which images are resized, at least 1
 * @param mean per channel (R, G, B), in pixel units 0..1
 * @param std per channel, in pixel units, positive
 */
public record Preprocessing(int size, List<Double> mean, List<Double> std) {
  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (size < 1 || mean.size() != 3 || std.size() != 3 || std.stream().anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException(
          "preprocessing needs size >= 1, three means and three positive standard deviations, got "
              + size
              + ", "
              + mean
              + ", "
              + std);
    }
  }

  /** ImageNet's statistics (He et al. 2016 and since). */
  public static Preprocessing imagenet(int size) {
    return new Preprocessing(size, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
  }

  /** CIFAR-10's statistics as solo-learn uses them. */
  public static Preprocessing cifar(int size) {
    return new Preprocessing(size, List.of(0.4914, 0.4822, 0.4465), List.of(0.247, 0.243, 0.261));
  }
}
