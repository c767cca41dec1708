package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.defence.Defence;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.head.EncoderFingerprint;
import org.zepad.core.head.Head;

/**
 * Gen-AF, genetic evolution-nurtured adversarial fine-tuning (Zhou et al., "Securely Fine-tuning
 * Pre-trained Encoders Against Adversarial Examples", IEEE S&amp;P 2024):
 *
 * <ol>
 *   <li>genetics-driven dual-track adversarial fine-tuning: {@link TopologyPreserving}, encoder and
 *       head at learning rates of their own;
 *   <li>evolutionary adaptability fine-tuning: {@link LayerContributions} ranks the layers on
 *       attacked validation images, and those that contribute least to robustness learn clean
 *       images ({@link CleanCrossEntropy}), everything else frozen. An epoch is kept only if its
 *       robust validation accuracy is below that of the first stage by no more than a tolerance; of
 *       those the best benign one; if there is none, the first stage's weights.
 * </ol>
 *
 * <p>Where this departs from the published code, which ranks by the training images, lets batch
 * norms go on in the second stage, starts Adam anew in each of its epochs and chooses epochs by the
 * test split: none of that is done here.
 *
 * @param options both stages
 */
record GenAf(GenAfOptions options) implements Tuner {

  @Override
  public Tuned tune(String name, Encoder encoder, Defence.Request request, RunContext context) {
    SampleAttack attack = options.attack(request.attacks(), Map.of());
    TopologyLoss topology = new TopologyLoss(options.tpScale());
    AdversarialFineTuning first =
        new AdversarialFineTuning(
            new Recipe(
                options, new TopologyPreserving(options.tpWeight(), topology), attack, attack));
    try (NDManager scope = context.manager().newSubManager();
        Head head = first.head(encoder, request.train().classes(), scope, context)) {
      Learner whole = Learner.whole(encoder, head);
      FineTuningOutcome outcome =
          first.tune(name, whole, request.train(), request.validation(), context);
      if (options.adaptEpochs() == 0) {
        return new Tuned(List.of(outcome), Map.of());
      }
      try (RunContext second = context.child("adaptation")) {
        return adapt(name, whole, outcome, attack, request, second);
      }
    }
  }

  private Tuned adapt(
      String name,
      Learner first,
      FineTuningOutcome outcome,
      SampleAttack attack,
      Defence.Request request,
      RunContext context) {
    List<String> layers =
        ranking(first, attack, request.validation(), context).least(options.layerShare());
    if (layers.isEmpty()) {
      context
          .progress()
          .message(name + ": layer-share " + options.layerShare() + " is less than one layer");
      return new Tuned(List.of(outcome), Map.of("hardened-adapted-layers", ""));
    }
    context.progress().message(name + ": stage 2 adapts " + String.join(", ", layers));
    // Copies: what stays frozen must never have had a gradient.
    try (NDManager scope = context.manager().newSubManager();
        Encoder encoder = first.encoder().duplicate();
        Head head =
            new Head(
                scope,
                first.head().features(),
                first.head().classes(),
                options.dropout(),
                context.seed())) {
      head.state().load(first.head().state().tensors());
      Learner some = Learner.some(encoder, head, withBiases(layers, first, scope));
      EpochChoice choice = EpochChoice.benignWithin(options.robustTolerance());
      FineTuningOutcome adapted =
          new AdversarialFineTuning(
                  new Recipe(
                      new Adaptation(options), new CleanCrossEntropy(choice), attack, attack))
              .tune(name + " layers", some, request.train(), request.validation(), context);
      first.encoder().state().load(encoder.state().tensors());
      return new Tuned(
          List.of(outcome, adapted),
          Map.of(
              "hardened-adapted-layers",
              String.join(",", layers),
              "hardened-adapted-epoch",
              Integer.toString(adapted.kept().epoch())));
    }
  }

  private static List<String> withBiases(List<String> layers, Learner learner, NDManager scope) {
    Map<String, NDArray> all = learner.parameters(scope).parameters();
    List<String> names = new ArrayList<>();
    for (String layer : layers) {
      names.add(layer);
      String bias = layer.substring(0, layer.length() - "weight".length()) + "bias";
      if (all.containsKey(bias)) {
        names.add(bias);
      }
    }
    return names;
  }

  /** The ranking, from the checkpoint if the same one was made before. */
  private LayerContributions.Ranking ranking(
      Learner learner, SampleAttack attack, ImageBatches validation, RunContext parent) {
    try (RunContext context = parent.child("ranking");
        NDManager scope = context.manager().newSubManager()) {
      String work = options + " encoder=" + EncoderFingerprint.of(learner.encoder());
      StateDict state = learner.parameters(scope);
      List<String> layers = LayerContributions.layers(state);
      Checkpoint.Saved saved = context.checkpoint().load(scope).orElse(null);
      if (saved != null && work.equals(saved.values().get("work"))) {
        Map<String, Double> contributions = new LinkedHashMap<>();
        layers.forEach(n -> contributions.put(n, Double.valueOf(saved.values().get(n))));
        return new LayerContributions.Ranking(
            Double.parseDouble(saved.values().get("loss")), contributions);
      }
      LayerContributions.Ranking ranking =
          new LayerContributions(options.layerEpsilon(), options.layerSteps())
              .of(
                  state,
                  x -> learner.head().logits(learner.encoder().features(x, false), false),
                  attacked(learner, attack, validation, context, scope),
                  context);
      Map<String, String> values = new LinkedHashMap<>();
      values.put("work", work);
      values.put("loss", Double.toString(ranking.loss()));
      ranking.contributions().forEach((n, value) -> values.put(n, value.toString()));
      context.checkpoint().save(layers.size(), Map.of(), values);
      return ranking;
    }
  }

  /** Attacked validation images, drawn with the context's seed. */
  private List<LayerContributions.Labelled> attacked(
      Learner learner,
      SampleAttack attack,
      ImageBatches validation,
      RunContext context,
      NDManager owner) {
    int wanted = options.rankingImages();
    int limit = wanted == 0 ? validation.size() : Math.min(wanted, validation.size());
    List<LayerContributions.Labelled> made = new ArrayList<>();
    learner.requireGradients(false);
    try (NDManager prepared = owner.newSubManager()) {
      Target target = learner.evaluation(prepared);
      int[] seen = {0};
      validation.forEach(
          Math.min(options.batchSize(), limit),
          limit < validation.size() ? OptionalLong.of(context.seed()) : OptionalLong.empty(),
          batch -> {
            int take = Math.min(limit - seen[0], batch.indices().length);
            if (take > 0) {
              NDArray images = Scopes.copy(batch.images().get("0:" + take), owner);
              NDArray labels = Scopes.copy(batch.labels().get("0:" + take), owner);
              try (RunContext part = context.child("attack-" + seen[0])) {
                NDArray adversarial = attack.perturb(target, images, labels, part);
                made.add(new LayerContributions.Labelled(adversarial, labels));
              }
              images.close();
            }
            seen[0] += take;
          });
    }
    return made;
  }

  /**
   * The options of the second stage.
   *
   * @param all both stages
   */
  private record Adaptation(GenAfOptions all) implements TuningOptions {

    @Override
    public int epochs() {
      return all.adaptEpochs();
    }

    @Override
    public int batchSize() {
      return all.batchSize();
    }

    @Override
    public int headEpochs() {
      return 0;
    }

    @Override
    public double encoderLearningRate() {
      return all.adaptLearningRate();
    }

    @Override
    public double headLearningRate() {
      return all.adaptLearningRate();
    }

    @Override
    public double weightDecay() {
      return all.weightDecay();
    }

    @Override
    public double decay() {
      return 1;
    }

    @Override
    public double dropout() {
      return all.dropout();
    }

    @Override
    public String attack() {
      return all.attack();
    }

    @Override
    public double attackEpsilon() {
      return all.attackEpsilon();
    }

    @Override
    public int attackSteps() {
      return all.attackSteps();
    }

    @Override
    public double attackStepSize() {
      return all.attackStepSize();
    }

    @Override
    public int validationImages() {
      return all.validationImages();
    }
  }
}
