package org.zepad.datasets;

import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.DatasetContract;

/**
 * The contract of data sets, with this project's own reader of options.
 *
 * @param <O> the data set's options
 */
public abstract class OwnDatasetContract<O extends Record> extends DatasetContract<O> {
  @Override
  protected O reread(O written) {
    return OptionsBinder.bind(
        provider().name(), provider().optionsType(), OptionsBinder.toMap(written));
  }
}
