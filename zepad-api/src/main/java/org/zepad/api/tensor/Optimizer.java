package org.zepad.api.tensor;

/** Changes parameters by their gradients. Made by {@link org.zepad.api.RunContext#optimizer}. */
public interface Optimizer extends AutoCloseable {

  /**
   * One update of every parameter that has a gradient; the gradients are cleared afterwards.
   *
   * @param learningRate the learning rate of this step
   */
  void step(double learningRate);

  /** Clears the gradients without an update. */
  void zeroGradients();

  /**
   * The moments and step count, to be saved and {@linkplain StateDict#load loaded} for continuing.
   */
  StateDict state();

  @Override
  void close();
}
