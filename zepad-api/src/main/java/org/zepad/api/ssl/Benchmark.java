package org.zepad.api.ssl;

/** The benchmarks for which methods have published settings. */
public enum Benchmark {
  /** Images of 32 pixels a side; 50,000 of them in 10 classes. */
  CIFAR_10,
  /** Images of 224 pixels a side; 126,689 of them in 100 classes (Tian et al. 2020). */
  IMAGENET_100;

  /** The one whose images are nearer in size to images of so many pixels a side. */
  public static Benchmark nearest(int imageSize) {
    return imageSize <= 96 ? CIFAR_10 : IMAGENET_100;
  }
}
