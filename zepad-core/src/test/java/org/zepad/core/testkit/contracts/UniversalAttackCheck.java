package org.zepad.core.testkit.contracts;

import java.util.function.Function;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.attack.AttackProvider;
import org.zepad.core.check.Capability;
import org.zepad.testkit.UniversalAttackContract;

/** The contract of universal attacks. */
class UniversalAttackCheck extends UniversalAttackContract<Record> {
  @Override
  protected AttackProvider<Record> provider() {
    return Current.provider();
  }

  @Override
  protected Record options(double epsilon) {
    return BudgetOption.set(epsilon);
  }

  @Override
  protected double epsilon() {
    return BudgetOption.tried(super.epsilon());
  }

  @Override
  protected Record reread(Record written) {
    return Current.reread(written);
  }

  @Override
  protected RunContext context(long seed, Function<String, Checkpoint> checkpoints) {
    return Current.context(seed, checkpoints);
  }

  @Override
  protected boolean isRandom() {
    return Current.has(Capability.RANDOMNESS);
  }

  @Override
  protected boolean savesCheckpoints() {
    return Current.has(Capability.CHECKPOINTS);
  }
}
