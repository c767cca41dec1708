package org.zepad.core.serve;

/**
 * The numbers that a model gives for one image and one task.
 *
 * @param logits (C), fused
 * @param confidences (B), how sure each branch is
 * @param score of the detector
 */
record Scores(float[] logits, float[] confidences, float score) {}
