package org.zepad.core.experiment;

import java.util.List;
import org.zepad.core.evaluate.Example;

/**
 * Some images before and after an attack, to look at.
 *
 * @param classes the names of the task's classes, in label order
 * @param examples the images; none where another cell of the same images has them
 */
record Gallery(List<String> classes, List<Example> examples) {
  static final Gallery EMPTY = new Gallery(List.of(), List.of());

  /** A page shows no more of them. */
  private static final int KEPT = 4;

  Gallery {
    classes = List.copyOf(classes);
    examples = examples.stream().limit(KEPT).toList();
  }
}
