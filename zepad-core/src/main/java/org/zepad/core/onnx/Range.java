package org.zepad.core.onnx;

/**
 * Between which numbers a value lay on calibration images.
 *
 * @param least finite
 * @param greatest finite, not below {@code least}
 */
public record Range(float least, float greatest) {
  public Range {
    if (!Float.isFinite(least) || !Float.isFinite(greatest) || least > greatest) {
      throw new IllegalArgumentException("no range: " + least + " to " + greatest);
    }
  }

  /** The range of both. */
  public Range with(Range other) {
    return new Range(Math.min(least, other.least), Math.max(greatest, other.greatest));
  }
}
