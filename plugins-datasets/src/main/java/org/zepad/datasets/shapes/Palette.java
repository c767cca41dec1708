package org.zepad.datasets.shapes;

/**
 * The colours of a picture: two of the background, two of the shape. All are uniform in the colour
 * cube, drawn again until texture and shape can be seen; nothing depends on the class.
 */
record Palette(float[] backgroundA, float[] backgroundB, float[] first, float[] second) {
  private static final float LUMINANCE_GAP = 0.45f;
  private static final float COLOUR_GAP = 0.35f;
  private static final float BACKGROUND_DRIFT = 0.25f;

  static Palette draw(Stream stream) {
    float[] ground = colour(stream);
    float[] other = colour(stream);
    float[] far = new float[3];
    for (int c = 0; c < 3; c++) {
      far[c] = ground[c] + BACKGROUND_DRIFT * (other[c] - ground[c]);
    }
    float[] first;
    float[] second;
    do {
      first = colour(stream);
      second = colour(stream);
    } while (Math.abs(luminance(first) - luminance(second)) < LUMINANCE_GAP
        || distance(first, ground) < COLOUR_GAP
        || distance(second, ground) < COLOUR_GAP);
    return new Palette(ground, far, first, second);
  }

  static float[] colour(Stream stream) {
    return new float[] {stream.uniform(0, 1), stream.uniform(0, 1), stream.uniform(0, 1)};
  }

  private static float luminance(float[] c) {
    return 0.299f * c[0] + 0.587f * c[1] + 0.114f * c[2];
  }

  private static float distance(float[] a, float[] b) {
    float r = a[0] - b[0];
    float g = a[1] - b[1];
    float blue = a[2] - b[2];
    return (float) Math.sqrt(r * r + g * g + blue * blue);
  }
}
