package org.zepad.core.pretrain;

import java.util.Arrays;
import org.zepad.api.dataset.Images;

/**
 * What an encoder is pre-trained on. Both parts come out of the official training images; the test
 * images have no place here.
 *
 * @param images the official training images
 * @param classes the number of classes
 * @param training which of them to train on
 * @param validation which of them the k-NN monitor classifies; disjoint from the training part; may
 *     be empty, and then no accuracy is reported
 */
public record PretrainData(Images images, int classes, int[] training, int[] validation) {
  public PretrainData {
    training = training.clone();
    validation = validation.clone();
    int[] sorted = training.clone();
    Arrays.sort(sorted);
    for (int index : validation) {
      if (Arrays.binarySearch(sorted, index) >= 0) {
        throw new IllegalArgumentException(
            "image " + index + " is both in the training and in the validation part");
      }
    }
  }
}
