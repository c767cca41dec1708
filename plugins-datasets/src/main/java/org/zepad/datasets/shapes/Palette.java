package org.zepad.datasets.shapes;

/**
 * The colours of a picture: a greyish ground that drifts, and a light and a dark tint of the shape.
 * Which of the two comes first is drawn, so that no texture has a mean colour of its own; nothing
 * depends on the class.
 *
 * <p>The tints of all pictures are much alike, on purpose: colours of their own would tell pictures
 * apart, and self-supervised methods, which learn to do just that, would look at nothing else.
 */
record Palette(float[] backgroundA, float[] backgroundB, float[] first, float[] second) {

  static Palette draw(Stream stream) {
    float[] light = colour(stream, 0.75f, 1);
    float[] dark = colour(stream, 0, 0.25f);
    boolean lightFirst = stream.below(2) == 0;
    return new Palette(
        colour(stream, 0.35f, 0.65f),
        colour(stream, 0.35f, 0.65f),
        lightFirst ? light : dark,
        lightFirst ? dark : light);
  }

  /** The colour of clutter, which is fainter than the shape. */
  static float[] clutter(Stream stream) {
    return colour(stream, 0.25f, 0.75f);
  }

  private static float[] colour(Stream stream, float from, float to) {
    return new float[] {
      stream.uniform(from, to), stream.uniform(from, to), stream.uniform(from, to)
    };
  }
}
