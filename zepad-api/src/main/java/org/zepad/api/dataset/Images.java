package org.zepad.api.dataset;

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
}
