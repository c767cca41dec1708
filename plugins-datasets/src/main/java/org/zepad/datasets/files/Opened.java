package org.zepad.datasets.files;

import java.util.List;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.Images;

/** An open data set that holds nothing which must be closed. */
public record Opened(List<String> classes, Images train, Images test) implements Dataset {
  public Opened {
    classes = List.copyOf(classes);
  }
}
