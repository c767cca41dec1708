package ${package};

import ai.djl.Device;
import java.util.function.Function;
import org.zepad.api.Checkpoint;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.attack.AttackProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.UniversalAttackContract;

class ${className}Test extends UniversalAttackContract<${className}.Options> {
  @Override
  protected AttackProvider<${className}.Options> provider() {
    return new ${className}();
  }

  @Override
  protected ${className}.Options options(double epsilon) {
    return new ${className}.Options(epsilon, 2);
  }

  @Override
  protected ${className}.Options reread(${className}.Options written) {
    return OptionsBinder.bind("it", ${className}.Options.class, OptionsBinder.toMap(written));
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
