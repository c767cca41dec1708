package org.zepad.core.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.IntToDoubleFunction;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;

/**
 * A square patch to test with.
 *
 * @param side of the images it is made for
 * @param first row and column of its first pixel
 * @param length its side
 */
record SquarePatch(int side, int first, int length) {

  /** The share of the pixels that it covers. */
  double share() {
    return (double) length * length / side / side;
  }

  /** With its own share as the budget. */
  Perturbation make(NDManager manager, IntToDoubleFunction colourOfColumn) {
    return make(manager, colourOfColumn, share());
  }

  Perturbation make(NDManager manager, IntToDoubleFunction colourOfColumn, double share) {
    float[] mask = new float[side * side];
    float[] delta = new float[3 * side * side];
    for (int i = 0; i < delta.length; i++) {
      int pixel = i % mask.length;
      if (covers(pixel / side) && covers(pixel % side)) {
        mask[pixel] = 1;
        delta[i] = (float) colourOfColumn.applyAsDouble(pixel % side - first);
      }
    }
    NDArray pixels = manager.create(delta, new Shape(3, side, side));
    return new Perturbation(
        pixels, manager.create(mask, new Shape(1, side, side)), new Budget(Norm.L0, share));
  }

  private boolean covers(int row) {
    return row >= first && row < first + length;
  }
}
