package org.zepad.core.report;

/**
 * A line that must not be missed: a verdict, a raised flag.
 *
 * @param title in a few words, may be empty
 * @param text a sentence or two
 */
public record Notice(Kind kind, String title, String text) implements Element {

  /** How a notice is meant. */
  public enum Kind {
    GOOD,
    WARN,
    PLAIN
  }

  /** Something holds. */
  public static Notice good(String title, String text) {
    return new Notice(Kind.GOOD, title, text);
  }

  /** Something does not hold, or cannot be believed. */
  public static Notice warn(String title, String text) {
    return new Notice(Kind.WARN, title, text);
  }

  /** Something to know. */
  public static Notice plain(String title, String text) {
    return new Notice(Kind.PLAIN, title, text);
  }
}
