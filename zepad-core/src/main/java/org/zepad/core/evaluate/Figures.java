package org.zepad.core.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zepad.core.metrics.BatchMeans;
import org.zepad.core.metrics.Rate;

/**
 * The figures of one model under one attack.
 *
 * @param name the subject
 * @param undefended whether it is the victim as published
 * @param benignAccuracy BA: accuracy on clean images
 * @param robustAccuracy RA: accuracy on attacked images
 * @param attackSuccess ASR: images whose predicted class changes, wrong to right included
 * @param misledAmongRight of the images classified rightly when clean, those misled by the attack
 * @param benignTopFive top-5 accuracy on clean images; null with at most five classes
 * @param robustTopFive top-5 accuracy on attacked images; null with at most five classes
 * @param detection null where nothing detects
 * @param confidences histograms of the branches' confidences; empty where there are none
 * @param reference means of batch means; null unless reference arithmetic was asked for
 */
public record Figures(
    String name,
    boolean undefended,
    Rate benignAccuracy,
    Rate robustAccuracy,
    Rate attackSuccess,
    Rate misledAmongRight,
    @Nullable Rate benignTopFive,
    @Nullable Rate robustTopFive,
    @Nullable DetectionFigures detection,
    List<BranchConfidences> confidences,
    @Nullable BatchMeans reference) {
  public Figures {
    confidences = List.copyOf(confidences);
  }
}
