package org.zepad.core.testkit.contracts;

import java.nio.file.Path;
import java.util.Map;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.core.check.Capability;
import org.zepad.testkit.DatasetContract;

/** The contract of data sets. */
class DatasetCheck extends DatasetContract<Record> {
  @Override
  protected DatasetProvider<Record> provider() {
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
  protected boolean readsFiles() {
    return Current.has(Capability.FILES);
  }

  @Override
  protected boolean partsAreDisjoint() {
    return Current.has(Capability.DISJOINT_PARTS);
  }

  @Override
  protected boolean givesPlanesOfItsOwn() {
    return Current.has(Capability.OWN_PLANES);
  }

  @Override
  protected Path root() {
    return Current.subject().data();
  }
}
