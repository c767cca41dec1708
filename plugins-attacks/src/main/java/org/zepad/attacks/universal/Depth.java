package org.zepad.attacks.universal;

import java.util.List;

/**
 * Which inner layer an attack looks at unless it is told: by its share of the depth, so that the
 * choice suits any backbone. Of the nine of a ResNet-18 {@link #LOW} is layer1.1, {@link #MIDDLE}
 * layer2.1 and {@link #HIGH} layer3.1.
 */
public enum Depth {
  /** A quarter of the way: the first layers are so linear that lifting them fools nothing. */
  LOW(1, 4),
  /** Half of the way. */
  MIDDLE(1, 2),
  /** Two thirds of the way. */
  HIGH(2, 3);

  private final int above;
  private final int below;

  Depth(int above, int below) {
    this.above = above;
    this.below = below;
  }

  /** The layer there, of one or more. */
  public String of(List<String> layers) {
    return layers.get(layers.size() * above / below);
  }
}
