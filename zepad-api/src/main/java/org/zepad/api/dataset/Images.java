package org.zepad.api.dataset;

import java.util.Optional;

/** Labelled images in a fixed order. Thread-safe. */
public interface Images {

  /** How many there are. */
  int size();

  /** The label of an image, from 0 to the number of classes - 1. */
  int label(int index);

  /**
   * Decodes an image.
   *
   * @throws org.zepad.api.ZepadException of kind INPUT if the file is damaged, naming it
   */
  RgbImage image(int index);

  /**
   * What decides the pixels of all these images, told without decoding any: files with their sizes
   * and times, options, the decoder. While it stays the same, the runtime may use images that it
   * decoded earlier and kept on disk. Cheap: a look at each file at most.
   *
   * @return empty where keeping decoded images gains nothing, as with images that are drawn or that
   *     lie in plain bytes
   */
  default Optional<String> identity() {
    return Optional.empty();
  }
}
