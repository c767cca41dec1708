package org.zepad.core.plugin;

/**
 * A plugin that could not be taken in; the others work.
 *
 * @param plugin its class, name or kind, as far as it is known
 * @param source the file name of its jar, or its folder
 * @param cause what went wrong
 */
public record BrokenPlugin(String plugin, String source, Throwable cause) {

  /** One line for a person. */
  public String message() {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return plugin + " (" + source + ") is broken: " + reason.lines().findFirst().orElse("");
  }
}
