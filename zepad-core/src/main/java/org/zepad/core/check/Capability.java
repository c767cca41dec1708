package org.zepad.core.check;

import java.util.Locale;

/** What a plugin is taken to do unless it is said that it does not. */
public enum Capability {
  /** An attack, a defence: the result depends on the seed. */
  RANDOMNESS,
  /** A universal attack, a defence: it saves checkpoints. */
  CHECKPOINTS,
  /** A defence: it changes weights, and does not only choose among its sources. */
  TUNING,
  /** A defence: branches with the role BMP keep their weights. */
  BENIGN_MEMORY,
  /** A backbone: it shows inner layers. */
  LAYERS,
  /** A data set: it reads files. */
  FILES,
  /** A data set: no test picture is among the training pictures. */
  DISJOINT_PARTS,
  /** A data set: each call gives planes of its own. */
  OWN_PLANES;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
