package org.zepad.core.evaluate;

import java.util.List;
import java.util.OptionalDouble;
import org.zepad.core.metrics.Rate;
import org.zepad.core.metrics.RocPoint;

/**
 * How a detector does. Every attacked image counts as a positive, whether it misleads or not.
 *
 * @param threshold the deployed threshold, which has not seen the test set
 * @param wantedFpr the false-positive rate it was calibrated for; empty for a fixed one
 * @param auroc area under the ROC curve, of any threshold
 * @param tprAtOnePercentFpr attacked images flagged where 1% of these benign ones are
 * @param tprAtFivePercentFpr attacked images flagged where 5% of these benign ones are: a point of
 *     the ROC curve
 * @param falsePositives benign images flagged by the deployed threshold
 * @param truePositives attacked images flagged by the deployed threshold
 * @param jointAccuracy attacked images classified rightly or flagged
 * @param acceptedAccuracy benign images classified rightly and not flagged: the price
 * @param roc the ROC curve, of any threshold, from (0, 0) to (1, 1), of {@value #ROC_POINTS} points
 *     at most
 */
public record DetectionFigures(
    double threshold,
    OptionalDouble wantedFpr,
    double auroc,
    Rate tprAtOnePercentFpr,
    Rate tprAtFivePercentFpr,
    Rate falsePositives,
    Rate truePositives,
    Rate jointAccuracy,
    Rate acceptedAccuracy,
    List<RocPoint> roc) {

  /** The most points that a curve is reported with. */
  public static final int ROC_POINTS = 200;

  public DetectionFigures {
    roc = List.copyOf(roc);
  }
}
