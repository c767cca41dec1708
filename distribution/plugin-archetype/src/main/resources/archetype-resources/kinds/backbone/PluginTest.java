package ${package};

import ai.djl.Device;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.BackboneContract;

class ${className}Test extends BackboneContract<${className}.Options> {
  @Override
  protected BackboneProvider<${className}.Options> provider() {
    return new ${className}();
  }

  @Override
  protected ${className}.Options options() {
    return new ${className}.Options(8, 4);
  }

  @Override
  protected ${className}.Options reread(${className}.Options written) {
    return OptionsBinder.bind("it", ${className}.Options.class, OptionsBinder.toMap(written));
  }

  @Override
  protected RunContext context(long seed) {
    return RunContexts.root(seed, Device.cpu(), Progress.silent());
  }

  @Override
  protected boolean showsLayers() {
    return false;
  }
}
