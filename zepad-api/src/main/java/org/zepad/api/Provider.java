package org.zepad.api;

/**
 * What all plugins have in common: a permanent name, a line that describes it, and options.
 *
 * <p>A provider creates; what it creates works. A provider is listed without creating anything, so
 * its constructor must be cheap and without side effects. It is found with {@link
 * java.util.ServiceLoader} under the SPI of its kind, and must be thread-safe.
 *
 * @param <O> the options: a record whose components all carry {@link Option}. Its package must be
 *     exported, or opened to {@code org.zepad.core}. A record without components means no options.
 */
public interface Provider<O extends Record> {

  /**
   * The permanent name in lower-case kebab ASCII, unique within its kind, written into artefacts.
   */
  String name();

  /** One line for a person who chooses between plugins, without a full stop. */
  String description();

  /** The class of the options record. */
  Class<O> optionsType();
}
