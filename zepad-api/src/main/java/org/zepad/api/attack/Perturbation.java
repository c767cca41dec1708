package org.zepad.api.attack;

import ai.djl.ndarray.NDArray;

/**
 * A universal perturbation. It is resized bilinearly to the images that it is added to, and the sum
 * is clamped to [0, 1].
 *
 * @param delta (3, S, S) float32 in pixel units, within the budget
 * @param budget what it had to stay within
 */
public record Perturbation(NDArray delta, Budget budget) {}
