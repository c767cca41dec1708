package org.zepad.api.attack;

import org.zepad.api.Provider;

/**
 * Brings an attack.
 *
 * @param <O> its options: epsilon, steps, step size
 */
public interface AttackProvider<O extends Record> extends Provider<O> {

  /** What its attacker must hold. */
  Knowledge knowledge();

  /** An attack with these options: a {@link SampleAttack} or a {@link UniversalAttack}. */
  Attack create(O options);
}
