package org.zepad.api;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a person can do something about. The message says what was wrong, where, what was
 * expected, and what to do; the kind says whose turn it is. Any other exception is our mistake.
 */
public class ZepadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose turn it is, and the exit code of the command line. */
  public enum Kind {
    /** The command line or a configuration file is wrong. */
    USAGE(2),
    /** A file, an image or a checkpoint is wrong. */
    INPUT(3),
    /** The machine lacks something: disk space, permission, a device. */
    ENVIRONMENT(4);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The process exit code. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  /** Creates a failure with an optional cause. */
  public ZepadException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** A mistake on the command line or in a configuration. */
  public static ZepadException usage(String message) {
    return new ZepadException(Kind.USAGE, message, null);
  }

  /** A bad file, image, checkpoint or data set. */
  public static ZepadException input(String message) {
    return new ZepadException(Kind.INPUT, message, null);
  }

  /** A bad file, image, checkpoint or data set, with its cause. */
  public static ZepadException input(String message, Throwable cause) {
    return new ZepadException(Kind.INPUT, message, cause);
  }

  /** Something that the machine lacks. */
  public static ZepadException environment(String message, @Nullable Throwable cause) {
    return new ZepadException(Kind.ENVIRONMENT, message, cause);
  }

  /** Whose turn it is. */
  public Kind kind() {
    return kind;
  }
}
