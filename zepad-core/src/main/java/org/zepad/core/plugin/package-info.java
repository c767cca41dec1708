/**
 * Plugins: how providers are found on the module path, the class path and in plugin folders, how
 * their options are bound from plain maps, and how Guice wires them by name. Start at {@link
 * org.zepad.core.plugin.PluginRegistry}. Nothing here names a plugin, or knows what one computes.
 */
@NullMarked
package org.zepad.core.plugin;

import org.jspecify.annotations.NullMarked;
