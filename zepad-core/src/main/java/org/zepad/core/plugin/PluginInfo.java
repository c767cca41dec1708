package org.zepad.core.plugin;

/**
 * A plugin as it is listed.
 *
 * @param kind what it is
 * @param name its permanent name
 * @param description one line
 * @param version of its jar, or {@code unknown}
 * @param source the file name of its jar, or the folder of its classes
 */
public record PluginInfo(
    PluginKind kind, String name, String description, String version, String source) {

  /** Kind, name, jar and version, as messages begin: {@code attack 'x' (x.jar 1.2)}. */
  public String label() {
    return kind.label() + " '" + name + "' (" + source + " " + version + ")";
  }
}
