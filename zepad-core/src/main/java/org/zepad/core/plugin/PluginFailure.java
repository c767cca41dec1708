package org.zepad.core.plugin;

/** A plugin threw what it should not have: {@code attack 'x' (x.jar 1.2) failed to create: ...}. */
public final class PluginFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which plugin failed to do what. */
  public PluginFailure(PluginInfo plugin, String verb, Throwable cause) {
    super(plugin.label() + " failed to " + verb + ": " + cause, cause);
  }
}
