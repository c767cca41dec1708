package org.zepad.core.audit;

/** A check needs an attack that is not at hand; it says which. */
final class MissingAttack extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;

  MissingAttack(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
