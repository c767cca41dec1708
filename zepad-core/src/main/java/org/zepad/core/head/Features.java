package org.zepad.core.head;

import ai.djl.ndarray.NDArray;

/**
 * The features of a labelled set in evaluation mode. Close it to free them.
 *
 * @param values (N, D) float32, detached
 * @param labels the class of each image, N of them; not to be changed
 * @param classes the number of classes C
 */
public record Features(NDArray values, long[] labels, int classes) implements AutoCloseable {
  public Features {
    if (values.getShape().dimension() != 2 || values.getShape().get(0) != labels.length) {
      throw new IllegalArgumentException(
          "features " + values.getShape() + " do not fit " + labels.length + " labels");
    }
  }

  /** How many images there are. */
  public int size() {
    return labels.length;
  }

  /** The length D of a feature vector. */
  public int featureDim() {
    return (int) values.getShape().get(1);
  }

  @Override
  public void close() {
    values.close();
  }
}
