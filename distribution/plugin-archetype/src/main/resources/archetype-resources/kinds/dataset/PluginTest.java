package ${package};

import java.nio.file.Path;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.DatasetContract;

class ${className}Test extends DatasetContract<${className}.Options> {
  @Override
  protected DatasetProvider<${className}.Options> provider() {
    return new ${className}();
  }

  @Override
  protected ${className}.Options options() {
    return new ${className}.Options(40, 20, 16);
  }

  @Override
  protected ${className}.Options reread(${className}.Options written) {
    return OptionsBinder.bind("it", ${className}.Options.class, OptionsBinder.toMap(written));
  }

  @Override
  protected Path root() {
    return Path.of("nowhere");
  }

  @Override
  protected boolean readsFiles() {
    return false;
  }
}
