package org.zepad.core.report;

/**
 * Text to copy, such as a command; a click selects all of it.
 *
 * @param caption what it is for, may be empty
 * @param text with its line breaks
 */
public record Code(String caption, String text) implements Element {}
