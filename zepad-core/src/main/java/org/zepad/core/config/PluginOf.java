package org.zepad.core.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.zepad.core.plugin.PluginKind;

/**
 * Says that a component of a configuration record chooses a plugin of a kind. Its type is a record
 * with the components {@code String name} and {@code Map<String, Object> options}, and perhaps
 * more; name and options are checked when the file is read.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface PluginOf {
  /** The kind of plugin that is chosen. */
  PluginKind value();
}
