package org.zepad.cli;

import org.zepad.api.ZepadException;

/** Checks numbers of the command line. */
final class Ranges {
  private Ranges() {}

  /**
   * Checks a number.
   *
   * @throws ZepadException of kind USAGE if it is out of its range
   */
  static void check(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw ZepadException.usage(
          option + " takes " + least + " to " + most + ", got " + value + ".");
    }
  }
}
