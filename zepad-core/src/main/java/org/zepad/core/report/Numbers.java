package org.zepad.core.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as readers see them, whatever the machine's language. */
final class Numbers {
  private static final String NONE = "–";
  private static final double LARGE = 1e7;
  private static final double SMALL = 1e-4;
  private static final int FIGURES = 4;

  private Numbers() {}

  /** With a fixed number of decimals; a dash for NaN. */
  static String fixed(double value, int digits) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    return minus(BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString());
  }

  /** A share in percent, without the sign. */
  static String percent(double share, int digits) {
    return Double.isNaN(share)
        ? NONE
        : fixed(BigDecimal.valueOf(share).movePointRight(2).doubleValue(), digits);
  }

  /** With at most four significant figures, without trailing zeros. */
  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return fixed(value, 0);
    }
    BigDecimal rounded =
        BigDecimal.valueOf(value)
            .round(new MathContext(FIGURES, RoundingMode.HALF_UP))
            .stripTrailingZeros();
    double size = Math.abs(value);
    if (size != 0 && (size >= LARGE || size < SMALL)) {
      int exponent = rounded.precision() - rounded.scale() - 1;
      return minus(rounded.movePointLeft(exponent).toPlainString() + "e" + exponent);
    }
    return minus(rounded.toPlainString());
  }

  /** A coordinate of a drawing: two decimals at most, a plain hyphen for minus. */
  static String coordinate(double pixels) {
    BigDecimal rounded =
        BigDecimal.valueOf(pixels).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  private static String minus(String number) {
    return number.replace('-', '−');
  }
}
