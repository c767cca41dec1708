package org.zepad.core.metrics;

/**
 * A point of a ROC curve.
 *
 * @param fpr share of benign images flagged, in [0, 1]
 * @param tpr share of attacked images flagged, in [0, 1]
 */
public record RocPoint(double fpr, double tpr) {}
