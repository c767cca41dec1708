package org.zepad.api.attack;

/** What an attacker must hold to run an attack at all, from nothing to everything. */
public enum Knowledge {
  /** Nothing: noise, the baseline that every attack has to beat. */
  NOTHING,
  /** The scores that the attacked model gives for images of the attacker's choice. */
  QUERIES,
  /** The weights of the attacked model, head included, and the labels of the images. */
  MODEL,
  /** The weights of the public encoder; neither task nor images. */
  ENCODER,
  /** The weights of the public encoder, and images of the attacker's own without labels. */
  ENCODER_AND_IMAGES,
  /** The whole defence: branches, heads, fusion, detector and its threshold. */
  DEFENCE
}
