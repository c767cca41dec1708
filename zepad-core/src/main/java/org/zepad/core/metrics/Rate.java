package org.zepad.core.metrics;

/**
 * A share of a set, kept as counts so that it can be pooled.
 *
 * @param hits how many, from 0 to {@code total}
 * @param total of how many; 0 where the question does not arise
 */
public record Rate(long hits, long total) {

  /** The 97.5% quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  public Rate {
    if (hits < 0 || total < hits) {
      throw new IllegalArgumentException("a rate needs 0 <= hits <= total: " + hits + "/" + total);
    }
  }

  /** A share in [0, 1], NaN where the total is 0. */
  public double value() {
    return (double) hits / total;
  }

  /** The share in percent, NaN where the total is 0. */
  public double percent() {
    return 100 * value();
  }

  /** The lower end of the 95% Wilson interval, 0 where the total is 0. */
  public double low() {
    return total == 0 || hits == 0 ? 0 : centre() - halfWidth();
  }

  /** The upper end of the 95% Wilson interval, 1 where the total is 0. */
  public double high() {
    return total == 0 || hits == total ? 1 : centre() + halfWidth();
  }

  /** Both sets together. */
  public Rate plus(Rate other) {
    return new Rate(hits + other.hits, total + other.total);
  }

  /** Wilson (1927), equation for the interval's centre. */
  private double centre() {
    double z2 = Z * Z;
    return (hits + z2 / 2) / (total + z2);
  }

  private double halfWidth() {
    double z2 = Z * Z;
    double misses = total - (double) hits;
    return Z / (total + z2) * Math.sqrt(hits * misses / total + z2 / 4);
  }
}
