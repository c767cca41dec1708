package ${package};

import ai.djl.Device;
import java.util.function.Function;
import org.zepad.api.Checkpoint;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.defence.DefenceProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.DefenceContract;

class ${className}Test extends DefenceContract<${className}.Options> {
  @Override
  protected DefenceProvider<${className}.Options> provider() {
    return new ${className}();
  }

  @Override
  protected ${className}.Options options() {
    return new ${className}.Options(0.1, 2, 8, 1e-3);
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
