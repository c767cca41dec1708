package org.zepad.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Threats;
import org.zepad.core.evaluate.WorstCase;
import org.zepad.core.metrics.McNemar;

/**
 * Who holds everything can do whatever one does who holds less. So the worst, for each image, of
 * the attacks that aim at a model must be at least as strong as any attack of no larger budget that
 * does not.
 */
final class TransferBeatsWhiteBox {
  static final String FLAG = "transfer-beats-white-box";

  private TransferBeatsWhiteBox() {}

  /** The results; needs no model, but what was measured of the models of these names. */
  static List<Check> of(List<String> models, List<Evaluated> runs) {
    List<Check> checks = new ArrayList<>();
    for (String name : models) {
      List<Evaluated> whiteBox = Threats.of(name, ThreatModel.ADAPTIVE, runs);
      List<Check> own = new ArrayList<>();
      Stream.of(ThreatModel.TRANSFER, ThreatModel.GRAY)
          .flatMap(threatModel -> Threats.of(name, threatModel, runs).stream())
          .filter(run -> !whiteBox.contains(run))
          .forEach(transfer -> compare(name, transfer, whiteBox, own));
      if (own.isEmpty()) {
        own.add(
            Check.notRun(
                FLAG,
                name,
                "no attack that aims at the model was evaluated beside one of no larger budget"
                    + " that does not"));
      }
      checks.addAll(own);
    }
    return checks;
  }

  private static void compare(
      String name, Evaluated transfer, List<Evaluated> whiteBox, List<Check> checks) {
    Budget budget = transfer.evaluation().budget();
    List<Evaluated> atLeast =
        whiteBox.stream()
            .filter(run -> run.evaluation().budget().norm() == budget.norm())
            .filter(run -> run.evaluation().budget().epsilon() >= budget.epsilon() - 1e-9)
            .toList();
    if (atLeast.isEmpty()) {
      return;
    }
    boolean[] underWhiteBox = WorstCase.withstood(name, atLeast);
    boolean[] underTransfer = WorstCase.withstood(name, List.of(transfer));
    McNemar test = McNemar.of(underWhiteBox, underTransfer);
    double lead = (test.onlyFirst() - test.onlySecond()) / (double) underTransfer.length;
    checks.add(
        Check.of(
            FLAG,
            name,
            transfer.evaluation().attack(),
            test.firstBetter(Stronger.LEVEL),
            lead,
            0,
            String.format(
                Locale.ROOT,
                "the model keeps %.1f points more under the attacks that aim at it than under this"
                    + " one that does not (McNemar p = %.2g, raised below %s); those that hold"
                    + " everything are then too weak",
                100 * lead,
                test.pValue(),
                Stronger.LEVEL)));
  }
}
