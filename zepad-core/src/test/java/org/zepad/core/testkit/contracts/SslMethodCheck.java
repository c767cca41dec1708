package org.zepad.core.testkit.contracts;

import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.testkit.SslMethodContract;

/** The contract of self-supervised methods. */
class SslMethodCheck extends SslMethodContract<Record> {
  @Override
  protected SslMethodProvider<Record> provider() {
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
  protected RunContext context(long seed) {
    return Current.context(seed);
  }
}
