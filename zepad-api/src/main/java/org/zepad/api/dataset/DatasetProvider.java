package org.zepad.api.dataset;

import java.nio.file.Path;
import org.zepad.api.Provider;

/**
 * Brings a data set.
 *
 * @param <O> its options
 */
public interface DatasetProvider<O extends Record> extends Provider<O> {

  /**
   * Opens the data set. Cheap checks only; images are decoded when asked for.
   *
   * @param root the folder in which the user keeps data sets; a generated data set ignores it
   * @throws org.zepad.api.ZepadException of kind INPUT, saying which files are missing or damaged,
   *     what layout was expected and where
   */
  Dataset open(O options, Path root);
}
