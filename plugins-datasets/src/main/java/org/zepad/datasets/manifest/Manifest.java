package org.zepad.datasets.manifest;

import java.nio.file.Path;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.files.Places;

/**
 * Pictures wherever they lie, named by a CSV file (RFC 4180, UTF-8) of the columns path, label and
 * split; further columns are passed over. Paths are relative to the file's folder. Labels are
 * either all names, numbered in sorted order, or all numbers from 0 on. Splits are train and test.
 */
public final class Manifest implements DatasetProvider<ManifestOptions> {

  /** For the service loader. */
  public Manifest() {}

  @Override
  public String name() {
    return "manifest";
  }

  @Override
  public String description() {
    return "Pictures that a CSV file of paths, labels and splits names";
  }

  @Override
  public Class<ManifestOptions> optionsType() {
    return ManifestOptions.class;
  }

  @Override
  public String origin() {
    return "Pictures of your own. Expected: manifest.csv with the columns path, label and split; or"
        + " another file by the option file.";
  }

  @Override
  public Dataset open(ManifestOptions options, Path root) {
    Path table = Places.path(name(), "file", options.file(), root);
    return new ManifestReader(table, options.allowOutside()).read();
  }
}
