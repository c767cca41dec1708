package org.zepad.core.runtime;

/**
 * The numbers that a model gives for a batch of N images and one task.
 *
 * @param logits (N, C), fused
 * @param confidences (N, B), how sure each branch is
 * @param scores (N), of the detector
 */
public record Outputs(float[][] logits, float[][] confidences, float[] scores) {}
