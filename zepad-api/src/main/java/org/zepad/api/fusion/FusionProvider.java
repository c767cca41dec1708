package org.zepad.api.fusion;

import org.zepad.api.Provider;

/**
 * Brings a fusion rule.
 *
 * @param <O> its options
 */
public interface FusionProvider<O extends Record> extends Provider<O> {

  /** A fusion rule with these options. */
  Fusion create(O options);
}
