package com.example.tico;

import ai.djl.Device;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.SslMethodContract;

class TicoTest extends SslMethodContract<Tico.Options> {
  @Override
  protected SslMethodProvider<Tico.Options> provider() {
    return new Tico();
  }

  @Override
  protected Tico.Options options() {
    return new Tico.Options(8, 0.8, 4);
  }

  @Override
  protected Tico.Options reread(Tico.Options written) {
    return OptionsBinder.bind("it", Tico.Options.class, OptionsBinder.toMap(written));
  }

  @Override
  protected RunContext context(long seed) {
    return RunContexts.root(seed, Device.cpu(), Progress.silent());
  }
}
