package org.zepad.core.harden;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one epoch of fine-tuning came to.
 *
 * @param epoch counted from 1; 0 is the model before it learns, where that is measured
 * @param losses means over the steps by name: {@code total}, which was minimised, and the parts of
 *     the {@link Objective}; empty for epoch 0
 * @param images how many validation images were looked at
 * @param benign how many of them the fine-tuned model got right
 * @param robust how many of them it got right under attack
 */
public record EpochResult(
    int epoch, Map<String, Double> losses, int images, int benign, int robust) {
  /** The name of the loss that is minimised. */
  public static final String TOTAL = "total";

  /** Copies the losses. */
  public EpochResult {
    losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
  }

  /** The share of validation images that are right, from 0 to 1. */
  public double benignAccuracy() {
    return benign / (double) images;
  }

  /** The share of validation images that are right under attack, from 0 to 1. */
  public double robustAccuracy() {
    return robust / (double) images;
  }
}
