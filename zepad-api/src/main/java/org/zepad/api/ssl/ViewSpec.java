package org.zepad.api.ssl;

/**
 * How one view of an image is made, in this order: random resized crop, horizontal flip, colour
 * jitter, greyscale, blur, solarisation. Probabilities are in [0, 1].
 *
 * @param minScale least share of the image's area that a crop takes, in (0, 1]
 * @param maxScale greatest share
 * @param flip probability of a horizontal flip
 * @param jitter probability of colour jitter
 * @param brightness jitter factor drawn from [1-b, 1+b]
 * @param contrast likewise
 * @param saturation likewise
 * @param hue shift drawn from [-h, h] of the colour circle, h in [0, 0.5]
 * @param grayscale probability of turning grey
 * @param blur probability of a Gaussian blur
 * @param solarize probability of inverting the pixels above one half
 * @param sizeFactor side of the view relative to the encoder's input size (1 unless multi-crop)
 */
public record ViewSpec(
    double minScale,
    double maxScale,
    double flip,
    double jitter,
    double brightness,
    double contrast,
    double saturation,
    double hue,
    double grayscale,
    double blur,
    double solarize,
    double sizeFactor) {

  /** The symmetric view of SimCLR on CIFAR-10 (Chen et al. 2020, appendix B.9: no blur). */
  public static ViewSpec simclrCifar() {
    return new ViewSpec(0.2, 1, 0.5, 0.8, 0.4, 0.4, 0.4, 0.1, 0.2, 0, 0, 1);
  }

  /** The same view of other crops, at another size. */
  public ViewSpec withScale(double least, double greatest, double size) {
    return new ViewSpec(
        least,
        greatest,
        flip,
        jitter,
        brightness,
        contrast,
        saturation,
        hue,
        grayscale,
        blur,
        solarize,
        size);
  }

  /** The same view with other chances of blur and solarisation. */
  public ViewSpec withBlurAndSolarize(double blur, double solarize) {
    return new ViewSpec(
        minScale,
        maxScale,
        flip,
        jitter,
        brightness,
        contrast,
        saturation,
        hue,
        grayscale,
        blur,
        solarize,
        sizeFactor);
  }
}
