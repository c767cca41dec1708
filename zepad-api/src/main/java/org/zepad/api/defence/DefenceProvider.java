package org.zepad.api.defence;

import org.zepad.api.Provider;

/**
 * Brings a defence.
 *
 * @param <O> its options
 */
public interface DefenceProvider<O extends Record> extends Provider<O> {

  /** A defence with these options. */
  Defence create(O options);
}
