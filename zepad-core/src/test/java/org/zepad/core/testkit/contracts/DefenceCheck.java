package org.zepad.core.testkit.contracts;

import java.util.Map;
import java.util.function.Function;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Attack;
import org.zepad.api.defence.DefenceProvider;
import org.zepad.core.check.Capability;
import org.zepad.testkit.DefenceContract;

/** The contract of defences, with the program's attacks. */
class DefenceCheck extends DefenceContract<Record> {
  @Override
  protected DefenceProvider<Record> provider() {
    return Current.provider();
  }

  @Override
  protected Record options() {
    return Current.options(Map.of());
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
  protected boolean tunes() {
    return Current.has(Capability.TUNING);
  }

  @Override
  protected boolean isRandom() {
    return Current.has(Capability.RANDOMNESS);
  }

  @Override
  protected boolean keepsBenignMemory() {
    return Current.has(Capability.BENIGN_MEMORY);
  }

  @Override
  protected boolean savesCheckpoints() {
    return Current.has(Capability.CHECKPOINTS);
  }

  @Override
  protected Attack attack(String name, Map<String, Object> options) {
    return Current.subject().registry().createAttack(name, options);
  }
}
