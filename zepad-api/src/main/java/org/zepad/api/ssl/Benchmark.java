package org.zepad.api.ssl;

/** The benchmarks for which methods have published settings. */
public enum Benchmark {
  /** Images of 32 pixels a side; 50,000 of them in 10 classes. */
  CIFAR_10,
  /** Images of 224 pixels a side; 126,689 of them in 100 classes (Tian et al. 2020). */
  IMAGENET_100;

  /** The one whose settings suit images of so many pixels a side: up to 96, those of CIFAR-10. */
  public static Benchmark suiting(int imageSize) {
    return imageSize <= 96 ? CIFAR_10 : IMAGENET_100;
  }
}
