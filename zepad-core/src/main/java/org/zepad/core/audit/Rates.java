package org.zepad.core.audit;

import org.zepad.core.metrics.Rate;

/** Counts. */
final class Rates {
  private Rates() {}

  static Rate of(boolean[] rights) {
    int hits = 0;
    for (boolean right : rights) {
      hits += right ? 1 : 0;
    }
    return new Rate(hits, rights.length);
  }
}
