package org.zepad.core.pipeline;

/** What is done about images that cannot be decoded. */
public enum Damaged {
  /** The work ends with an error that names the file. */
  REFUSE,
  /**
   * They are left out and counted. Which part the others play does not depend on it, so the same
   * data set mended gives the same parts with those images in their places.
   */
  SKIP
}
