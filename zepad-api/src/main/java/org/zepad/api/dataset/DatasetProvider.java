package org.zepad.api.dataset;

import java.nio.file.Path;
import java.util.List;
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

  /**
   * The official files, which {@code zepad datasets fetch} can bring; after that, the data set
   * opens with its default options. Empty where there are none, or where their site wants an
   * account.
   */
  default List<Download> downloads() {
    return List.of();
  }

  /**
   * Where the data set comes from, and which files are expected where below the data root, for a
   * person: sentences without a line break. Empty where it needs no files.
   */
  default String origin() {
    return "";
  }
}
