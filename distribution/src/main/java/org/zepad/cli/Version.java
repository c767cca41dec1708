package org.zepad.cli;

import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.IVersionProvider;

/** The version of the program and of what runs it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "zepad " + number(),
      "Java "
          + Runtime.version()
          + ", "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch")
    };
  }

  /** The version of core's jar. */
  static String number() {
    var descriptor = PluginRegistry.class.getModule().getDescriptor();
    return descriptor == null ? "unknown" : descriptor.rawVersion().orElse("unknown");
  }
}
