package org.zepad.api.ssl;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.zepad.api.tensor.StateDict;

/**
 * One method at work on one encoder. The training loop asks it for the loss of each batch, applies
 * the optimizer to the encoder's and the method's parameters, and tells it that the step is done.
 */
public interface SslMethod extends AutoCloseable {

  /**
   * Everything of the method that training changes: heads as parameters; momentum copies, queues
   * and running statistics as buffers. Saved and loaded to continue.
   */
  StateDict state();

  /**
   * The loss of one batch, in training mode, differentiable.
   *
   * @param batch the views and facts of the step; not changed
   * @return a scalar in the manager of the views
   */
  NDArray loss(Batch batch);

  /** Called after each optimizer step: momentum updates and the like, without gradients. */
  default void afterStep(long step, long totalSteps) {}

  @Override
  default void close() {
    state().close();
  }

  /**
   * One batch.
   *
   * @param views one (N, 3, H, W) array in pixel space for each of {@link Recipe#views}
   * @param images (N) int64, which of the images of {@link Schedule#images} these are, from 0
   * @param labels (N) int64, for supervised methods only
   * @param step 0-based number of the step in the whole training
   * @param totalSteps steps of the whole training
   * @param seed the seed of this step, for methods that draw at random
   */
  record Batch(
      List<NDArray> views, NDArray images, NDArray labels, long step, long totalSteps, long seed) {
    public Batch {
      views = List.copyOf(views);
    }
  }
}
