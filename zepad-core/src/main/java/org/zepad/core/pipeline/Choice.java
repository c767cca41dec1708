package org.zepad.core.pipeline;

import java.util.Map;
import org.zepad.api.Option;

/**
 * A plugin chosen by name. In YAML its name alone, or name and options.
 *
 * @param name the plugin's name
 * @param options its options; absent ones take their defaults
 */
public record Choice(
    @Option(defaultValue = "", help = "name of the plugin") String name,
    @Option(defaultValue = "", help = "options of the plugin") Map<String, Object> options) {}
