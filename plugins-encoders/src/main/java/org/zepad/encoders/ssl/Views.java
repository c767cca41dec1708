package org.zepad.encoders.ssl;

import java.util.List;
import org.zepad.api.ssl.ViewSpec;

/** The views with which solo-learn trains on CIFAR-10, which several methods share. */
final class Views {
  private static final ViewSpec COLOURED =
      new ViewSpec(0.08, 1, 0.5, 0.8, 0.4, 0.4, 0.2, 0.1, 0.2, 0, 0, 1);

  private Views() {}

  /** No blur; the second view is solarised now and then (solo-learn's {@code asymmetric}). */
  static List<ViewSpec> asymmetric() {
    return List.of(COLOURED, COLOURED.withBlurAndSolarize(0, 0.2));
  }

  /** Strong colours and blur (solo-learn's {@code symmetric}). */
  static List<ViewSpec> strong() {
    return twice(new ViewSpec(0.08, 1, 0.5, 0.8, 0.8, 0.8, 0.8, 0.2, 0.2, 0.5, 0, 1));
  }

  /** Moderate colours and blur (solo-learn's {@code symmetric_weak}). */
  static List<ViewSpec> moderate() {
    return twice(new ViewSpec(0.08, 1, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.2, 0.5, 0, 1));
  }

  /** Larger crops and some solarisation (solo-learn's VICReg and VIbCReg). */
  static List<ViewSpec> solarised() {
    return twice(new ViewSpec(0.2, 1, 0.5, 0.8, 0.4, 0.4, 0.2, 0.1, 0.2, 0, 0.1, 1));
  }

  /** A coloured and blurred view, and one that is only cropped and flipped (ReSSL's). */
  static List<ViewSpec> strongAndWeak() {
    return List.of(
        COLOURED.withBlurAndSolarize(0.5, 0),
        new ViewSpec(0.08, 1, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 1));
  }

  /** The same view twice. */
  static List<ViewSpec> twice(ViewSpec view) {
    return List.of(view, view);
  }
}
