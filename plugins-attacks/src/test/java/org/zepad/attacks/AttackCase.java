package org.zepad.attacks;

import java.util.function.DoubleFunction;
import org.zepad.api.attack.AttackProvider;

/**
 * An attack with small options, for the contracts.
 *
 * @param provider the attack
 * @param epsilon the budget that it is tried with
 * @param options its options with a budget
 * @param random whether it depends on the seed
 * @param continued whether it saves checkpoints
 */
record AttackCase<O extends Record>(
    AttackProvider<O> provider,
    double epsilon,
    DoubleFunction<O> options,
    boolean random,
    boolean continued) {

  /** One that draws from the seed and saves checkpoints. */
  static <O extends Record> AttackCase<O> of(
      AttackProvider<O> provider, double epsilon, DoubleFunction<O> options) {
    return new AttackCase<>(provider, epsilon, options, true, true);
  }

  /** The same, but every seed gives the same. */
  AttackCase<O> notRandom() {
    return new AttackCase<>(provider, epsilon, options, false, continued);
  }

  /** The same, but it is over in a moment and saves nothing. */
  AttackCase<O> brief() {
    return new AttackCase<>(provider, epsilon, options, random, false);
  }

  @Override
  public String toString() {
    return provider.name();
  }
}
