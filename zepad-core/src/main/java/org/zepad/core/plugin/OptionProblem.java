package org.zepad.core.plugin;

/**
 * One thing that is wrong with a map of options.
 *
 * @param key the option as the person wrote it, or empty when they are wrong together
 * @param message what is wrong and what to do, a full sentence
 */
public record OptionProblem(String key, String message) {}
