package com.example.dispersion;

import ai.djl.Device;
import java.util.function.Function;
import org.zepad.api.Checkpoint;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.AttackProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.UniversalAttackContract;

class DispersionTest extends UniversalAttackContract<Dispersion.Options> {
  @Override
  protected AttackProvider<Dispersion.Options> provider() {
    return new Dispersion();
  }

  @Override
  protected Dispersion.Options options(double epsilon) {
    return new Dispersion.Options(epsilon, 0.01, 2, 4);
  }

  @Override
  protected Dispersion.Options reread(Dispersion.Options written) {
    return OptionsBinder.bind("it", Dispersion.Options.class, OptionsBinder.toMap(written));
  }

  @Override
  protected boolean savesCheckpoints() {
    return false;
  }

  @Override
  protected RunContext context(long seed, Function<String, Checkpoint> checkpoints) {
    return RunContexts.root(seed, Device.cpu(), Progress.silent(), checkpoints);
  }
}
