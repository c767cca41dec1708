package org.zepad.core.experiment;

/** A job did not end well; the others go on. */
public final class JobFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  /**
   * A failure.
   *
   * @param exitCode of a process that would end with it
   * @param message what went wrong, as it was told
   */
  public JobFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The exit code of a process that would end with it. */
  public int exitCode() {
    return exitCode;
  }
}
