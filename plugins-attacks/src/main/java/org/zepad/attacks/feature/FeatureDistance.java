package org.zepad.attacks.feature;

import ai.djl.ndarray.NDArray;

/** How far features lie apart. */
public enum FeatureDistance {
  /** The squared Euclidean distance. */
  SQUARED_L2 {
    @Override
    NDArray each(NDArray features, NDArray clean) {
      return features.sub(clean).square().sum(new int[] {1});
    }
  },
  /** 1 minus the cosine of the angle, from 0 to 2; whatever the lengths. */
  COSINE {
    @Override
    NDArray each(NDArray features, NDArray clean) {
      NDArray cosine =
          features.normalize(2, 1, TINY).mul(clean.normalize(2, 1, TINY)).sum(new int[] {1});
      return cosine.neg().add(1);
    }
  };

  /** Keeps the division finite for features that are all zero. */
  private static final double TINY = 1e-12;

  /**
   * The distance of each image's features.
   *
   * @param features (N, D), differentiable
   * @param clean (N, D), constant
   * @return (N), owned by the manager of the features
   */
  abstract NDArray each(NDArray features, NDArray clean);
}
