package org.zepad.core.plugin;

/**
 * One option as a person sees it.
 *
 * @param name in kebab case
 * @param type {@code int}, {@code long}, {@code double}, {@code boolean}, {@code text}, {@code
 *     choice}, or {@code list of} one of these
 * @param defaultValue as it is written in YAML
 * @param range the allowed values, or empty when any will do
 * @param help meaning and unit
 */
public record OptionInfo(
    String name, String type, String defaultValue, String range, String help) {}
