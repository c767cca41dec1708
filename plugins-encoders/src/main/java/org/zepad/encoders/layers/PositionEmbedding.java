package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;

/**
 * A learned vector for the class token and for each place of a square grid of patches (Dosovitskiy
 * et al. 2021, section 3.1). For a grid of another size the places are interpolated bicubically, as
 * DINO does for its small views (Caron et al. 2021).
 *
 * <p>DINO's public code adds 0.1 patch to the wanted size, against a rounding error of its time,
 * which shifts the places by up to a hundredth of a patch; here the size is exact.
 */
public final class PositionEmbedding {
  private final NDArray embedding;
  private final int side;

  /**
   * Adds the parameter {@code <name>}, (1, 1 + side^2, dim), the class token's first, then row by
   * row.
   *
   * @param side of the grid, in patches
   * @param deviation of the initial vectors
   */
  public PositionEmbedding(
      StateDict state, String name, int side, int dim, double deviation, Initializer initializer) {
    this.side = side;
    long tokens = 1 + (long) side * side;
    embedding =
        state.parameter(name, initializer.normal(state.manager(), deviation, 1, tokens, dim));
  }

  /**
   * Adds its position to each token.
   *
   * @param tokens (N, 1 + rows columns, dim)
   * @return the same shape, owned by the manager of {@code tokens}
   */
  public NDArray addTo(NDArray tokens, int rows, int columns) {
    if (rows == side && columns == side) {
      return tokens.add(embedding);
    }
    try (NDArray weights = weights(rows, columns, tokens.getManager());
        NDArray positions = weights.matMul(embedding)) {
      return tokens.add(positions);
    }
  }

  /** What {@link #addTo} computes for a grid of this size, the interpolation done beforehand. */
  public Value describe(Graph graph, Value tokens, int rows, int columns) {
    if (rows == side && columns == side) {
      return graph.add(tokens, graph.constant(embedding));
    }
    try (NDManager scope = embedding.getManager().newSubManager();
        NDArray positions = weights(rows, columns, scope).matMul(embedding)) {
      return graph.add(tokens, graph.constant(positions));
    }
  }

  /** What each new position takes from each old one, (1 + rows columns, 1 + side^2). */
  private NDArray weights(int rows, int columns, NDManager manager) {
    double[][] down = Bicubic.weights(side, rows);
    double[][] across = Bicubic.weights(side, columns);
    int width = 1 + side * side;
    float[] weights = new float[(1 + rows * columns) * width];
    weights[0] = 1;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int start = (1 + row * columns + column) * width + 1;
        for (int i = 0; i < side; i++) {
          for (int j = 0; j < side; j++) {
            weights[start + i * side + j] = (float) (down[row][i] * across[column][j]);
          }
        }
      }
    }
    // The copy lies in the engine's memory: a recorded graph would outlive Java's.
    try (NDArray javas = manager.create(weights, new Shape(1 + rows * columns, width))) {
      return javas.duplicate();
    }
  }
}
