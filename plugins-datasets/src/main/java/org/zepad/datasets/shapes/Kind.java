package org.zepad.datasets.shapes;

import java.util.ArrayList;
import java.util.List;

/** A class of the data set: an outline filled with a texture. */
record Kind(Outline outline, Texture texture) {
  /** Every class in label order, which is permanent. */
  static final List<Kind> ALL = all();

  private static List<Kind> all() {
    List<Kind> kinds = new ArrayList<>();
    for (Outline outline : Outline.values()) {
      for (Texture texture : Texture.values()) {
        kinds.add(new Kind(outline, texture));
      }
    }
    return List.copyOf(kinds);
  }

  String label() {
    return outline.label() + "-" + texture.label();
  }
}
