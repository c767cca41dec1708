package org.zepad.attacks.query;

import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;

/** Brings {@code square} (Andriushchenko et al. 2020), the L-infinity variant. */
public final class SquareProvider implements AttackProvider<SquareOptions> {

  @Override
  public String name() {
    return "square";
  }

  @Override
  public String description() {
    return "Square attack: random squares, kept where they help; scores only, L-infinity, per image";
  }

  @Override
  public Class<SquareOptions> optionsType() {
    return SquareOptions.class;
  }

  @Override
  public Knowledge knowledge() {
    return Knowledge.QUERIES;
  }

  @Override
  public Attack create(SquareOptions options) {
    return new Square(
        new Budget(Norm.LINF, options.epsilon()), options.queries(), options.firstShare());
  }
}
