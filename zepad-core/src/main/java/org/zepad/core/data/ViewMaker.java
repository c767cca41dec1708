package org.zepad.core.data;

import java.util.SplittableRandom;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.ssl.ViewSpec;

/**
 * Makes one augmented view of an image, in float, with the distributions of torchvision's
 * transforms: random resized crop (bilinear, aspect ratio 3/4 to 4/3), flip, colour jitter in
 * random order, greyscale, Gaussian blur (standard deviation 0.1 to 2 pixels, as SimCLR),
 * solarisation. Keeps scratch memory: not thread-safe.
 */
final class ViewMaker {
  private static final double MIN_ASPECT = 3.0 / 4;
  private static final double MAX_ASPECT = 4.0 / 3;
  private static final int ATTEMPTS = 10;
  private static final double MIN_SIGMA = 0.1;
  private static final double MAX_SIGMA = 2;

  private final Resampler resampler = new Resampler();
  private final Blur blur = new Blur();
  private final int[] order = new int[4];

  /**
   * Makes a view; the image is not changed.
   *
   * @param size side of the view in pixels
   * @param random the source of every choice
   * @param out takes 3 * size * size values in [0, 1], planes of rows
   * @param offset where they start
   */
  void make(
      RgbImage image, ViewSpec spec, int size, SplittableRandom random, float[] out, int offset) {
    Crop crop = crop(image.width(), image.height(), spec.minScale(), spec.maxScale(), random);
    boolean mirrored = chance(random, spec.flip());
    resampler.resample(
        image, crop.x, crop.y, crop.width, crop.height, size, mirrored, 1 / 255f, out, offset);
    int pixels = size * size;
    if (chance(random, spec.jitter())) {
      jitter(spec, random, out, offset, pixels);
    }
    if (chance(random, spec.grayscale())) {
      Colours.greyscale(out, offset, pixels);
    }
    if (chance(random, spec.blur())) {
      blur.blur(out, offset, size, uniform(random, MIN_SIGMA, MAX_SIGMA));
    }
    if (chance(random, spec.solarize())) {
      Colours.solarize(out, offset, pixels);
    }
    for (int i = offset; i < offset + 3 * pixels; i++) {
      // Weights that sum to a hair above one must not leave the range.
      out[i] = Math.min(1, out[i]);
    }
  }

  /** A rectangle of an image. */
  record Crop(int x, int y, int width, int height) {}

  /** torchvision's RandomResizedCrop.get_params. */
  static Crop crop(
      int width, int height, double minScale, double maxScale, SplittableRandom random) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area = (double) width * height * uniform(random, minScale, maxScale);
      double aspect = Math.exp(uniform(random, Math.log(MIN_ASPECT), Math.log(MAX_ASPECT)));
      int w = (int) Math.rint(Math.sqrt(area * aspect));
      int h = (int) Math.rint(Math.sqrt(area / aspect));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        int y = random.nextInt(height - h + 1);
        int x = random.nextInt(width - w + 1);
        return new Crop(x, y, w, h);
      }
    }
    int w = width;
    int h = height;
    if ((double) width / height < MIN_ASPECT) {
      h = (int) Math.rint(width / MIN_ASPECT);
    } else if ((double) width / height > MAX_ASPECT) {
      w = (int) Math.rint(height * MAX_ASPECT);
    }
    return new Crop((width - w) / 2, (height - h) / 2, w, h);
  }

  private void jitter(ViewSpec spec, SplittableRandom random, float[] out, int offset, int pixels) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    Seeds.shuffle(order, random);
    float brightness = factor(random, spec.brightness());
    float contrast = factor(random, spec.contrast());
    float saturation = factor(random, spec.saturation());
    float hue = (float) uniform(random, -spec.hue(), spec.hue());
    for (int change : order) {
      if (change == 0 && spec.brightness() > 0) {
        Colours.brightness(out, offset, pixels, brightness);
      } else if (change == 1 && spec.contrast() > 0) {
        Colours.contrast(out, offset, pixels, contrast);
      } else if (change == 2 && spec.saturation() > 0) {
        Colours.saturation(out, offset, pixels, saturation);
      } else if (change == 3 && spec.hue() > 0) {
        Colours.hue(out, offset, pixels, hue);
      }
    }
  }

  private static float factor(SplittableRandom random, double strength) {
    return (float) uniform(random, Math.max(0, 1 - strength), 1 + strength);
  }

  private static double uniform(SplittableRandom random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  private static boolean chance(SplittableRandom random, double probability) {
    return random.nextDouble() < probability;
  }
}
