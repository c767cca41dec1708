package org.zepad.core.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.ThreatModel;

/**
 * Which runs count for a model under a threat model.
 *
 * <p>Transfer and gray: the runs of that threat model, the same ones for every model. Adaptive: the
 * runs that aim at the model itself, so that each of two models is compared under attacks with
 * everything in hand; the undefended victim's own are labelled transfer, since the victim is
 * public.
 */
public final class Threats {
  private Threats() {}

  /**
   * The runs that count.
   *
   * @param model the name of a subject
   * @param runs of the same images
   */
  public static List<Evaluated> of(String model, ThreatModel threatModel, List<Evaluated> runs) {
    return runs.stream()
        .filter(run -> measures(run, model))
        .filter(
            run ->
                threatModel == ThreatModel.ADAPTIVE
                    ? whiteBox(run.evaluation(), model, run)
                    : run.evaluation().threatModel() == threatModel)
        .toList();
  }

  private static boolean whiteBox(Evaluation evaluation, String model, Evaluated run) {
    if (!model.equals(evaluation.aimedAt())) {
      return false;
    }
    if (evaluation.threatModel() != ThreatModel.TRANSFER) {
      return evaluation.threatModel() == ThreatModel.ADAPTIVE;
    }
    return run.measured().stream()
        .anyMatch(m -> m.subject().name().equals(model) && m.subject().undefended());
  }

  /** The run of the same attack that aims at another model; null if there is none. */
  static @Nullable Evaluated twin(Evaluation evaluation, String other, List<Evaluated> runs) {
    String aimedAt = evaluation.aimedAt();
    if (aimedAt == null || !evaluation.attack().endsWith(" on " + aimedAt)) {
      return null;
    }
    String stem = evaluation.attack().substring(0, evaluation.attack().length() - aimedAt.length());
    return runs.stream()
        .filter(run -> other.equals(run.evaluation().aimedAt()))
        .filter(run -> run.evaluation().attack().equals(stem + other))
        .findFirst()
        .orElse(null);
  }

  /** Whether a run shows its images to a model. */
  static boolean measures(Evaluated run, String model) {
    return run.measured().stream().anyMatch(m -> m.subject().name().equals(model));
  }
}
