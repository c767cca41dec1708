package org.zepad.encoders.ssl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.ViewSpec;

/** The views with which solo-learn trains, which several methods share. */
final class Views {
  private static final ViewSpec COLOURED =
      new ViewSpec(0.08, 1, 0.5, 0.8, 0.4, 0.4, 0.2, 0.1, 0.2, 0, 0, 1);

  private Views() {}

  /**
   * The second view is solarised now and then; small images are not blurred, large ones always in
   * the first view and seldom in the second (solo-learn's {@code asymmetric}).
   */
  static List<ViewSpec> asymmetric(Benchmark benchmark) {
    boolean small = benchmark == Benchmark.CIFAR_10;
    return List.of(
        COLOURED.withBlurAndSolarize(small ? 0 : 1, 0),
        COLOURED.withBlurAndSolarize(small ? 0 : 0.1, 0.2));
  }

  /** Strong colours and blur (solo-learn's {@code symmetric}). */
  static List<ViewSpec> strong() {
    return twice(new ViewSpec(0.08, 1, 0.5, 0.8, 0.8, 0.8, 0.8, 0.2, 0.2, 0.5, 0, 1));
  }

  /** Moderate colours and blur (solo-learn's {@code symmetric_weak}). */
  static List<ViewSpec> moderate() {
    return twice(new ViewSpec(0.08, 1, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.2, 0.5, 0, 1));
  }

  /** Larger crops and some solarisation; large images are blurred (solo-learn's VICReg). */
  static List<ViewSpec> solarised(Benchmark benchmark) {
    double blur = benchmark == Benchmark.CIFAR_10 ? 0 : 0.5;
    return twice(new ViewSpec(0.2, 1, 0.5, 0.8, 0.4, 0.4, 0.2, 0.1, 0.2, blur, 0.1, 1));
  }

  /**
   * W-MSE's: for small images those of the paper (section 4.1), for large ones solo-learn's without
   * the small crops, which the paper does not have.
   */
  static List<ViewSpec> whitened(Benchmark benchmark) {
    return twice(
        switch (benchmark) {
          case CIFAR_10 -> new ViewSpec(0.2, 1, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.1, 0, 0, 1);
          case IMAGENET_100 -> new ViewSpec(0.2, 1, 0.5, 0.8, 0.8, 0.8, 0.8, 0.2, 0.2, 0.2, 0, 1);
        });
  }

  /** A coloured and blurred view, and one that is only cropped and flipped (ReSSL's). */
  static List<ViewSpec> strongAndWeak() {
    return List.of(
        COLOURED.withBlurAndSolarize(0.5, 0),
        new ViewSpec(0.08, 1, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 1));
  }

  /**
   * Large views, and small ones of small parts (multi-crop; SwAV, Caron et al. 2020, section 3.2):
   * large views show at least 14 percent of the image and small ones at most that, 96 pixels a side
   * beside 224.
   *
   * @param small how many small views; with none the large ones stay as they are
   */
  static List<ViewSpec> withSmallCrops(List<ViewSpec> large, int small) {
    if (small == 0) {
      return large;
    }
    List<ViewSpec> views = new ArrayList<>();
    large.forEach(view -> views.add(view.withScale(0.14, 1, 1)));
    ViewSpec part = large.get(0).withScale(0.05, 0.14, 96.0 / 224);
    views.addAll(Collections.nCopies(small, part));
    return views;
  }

  /** The same view twice. */
  static List<ViewSpec> twice(ViewSpec view) {
    return List.of(view, view);
  }
}
