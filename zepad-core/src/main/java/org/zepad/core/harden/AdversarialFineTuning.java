package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.head.FeatureCache;
import org.zepad.core.head.Features;
import org.zepad.core.head.Head;
import org.zepad.core.head.HeadTrainer;

/**
 * Fine-tuning of an encoder, the one loop of all defences (ZePAD, section 3.2): the encoder and a
 * head on top of it learn together what an {@link Objective} says, in most defences on batches that
 * are attacked while they learn. The head is thrown away.
 *
 * <p>After each epoch validation images are attacked; the objective's {@link EpochChoice} says by
 * benign and robust accuracy which epoch's weights are kept. The step's policy on batch statistics
 * and dropout is told at {@link FineTuningStep}. A last batch of a single image is left out: it has
 * no neighbours, and no batch statistics.
 *
 * <p>The work is saved after each epoch and continues there after a kill; the same seed gives the
 * same numbers, interrupted or not. Finished work over the same checkpoint is not done again,
 * provided that it is the same in objective, options, seed, data and the encoder's weights. Each
 * step's tensors are freed with the step.
 */
public final class AdversarialFineTuning {
  private final Recipe recipe;
  private final TuningOptions options;

  /**
   * Prepares ZePAD's work on any number of encoders.
   *
   * @param options the settings; the attack is given instead of looked up
   * @param attack makes the adversarial batches, in training and in validation
   */
  public AdversarialFineTuning(FineTuningOptions options, SampleAttack attack) {
    this(options.recipe(attack));
  }

  /** Prepares work by a recipe on any number of encoders. */
  AdversarialFineTuning(Recipe recipe) {
    this.recipe = recipe;
    this.options = recipe.options();
  }

  /**
   * Fine-tunes an encoder in place.
   *
   * @param name names the encoder to a person
   * @param encoder changed; holds the kept epoch's weights afterwards
   * @param train labelled images, at least 2
   * @param validation labelled images that are no part of {@code train}, at least 1
   * @param context seed, progress, and the checkpoint of this encoder's tuning
   * @throws ZepadException of kind USAGE if the loss leaves the finite numbers, or there are too
   *     few images; what was saved before stays
   */
  public FineTuningOutcome tune(
      String name,
      Encoder encoder,
      ImageBatches train,
      ImageBatches validation,
      RunContext context) {
    try (NDManager scope = context.manager().newSubManager();
        Head head = head(encoder, train.classes(), scope, context)) {
      return tune(name, Learner.whole(encoder, head), train, validation, context);
    }
  }

  /** The head that has learnt nothing yet, with dropout and seed of this work. */
  Head head(Encoder encoder, int classes, NDManager scope, RunContext context) {
    return new Head(
        scope, encoder.featureDim(), classes, options.dropout(), seed(context.seed(), -1));
  }

  /** As above, of a model with a head of the caller's, which gets the kept epoch's weights too. */
  FineTuningOutcome tune(
      String name,
      Learner learner,
      ImageBatches train,
      ImageBatches validation,
      RunContext context) {
    if (train.size() < 2 || validation.size() < 1) {
      throw ZepadException.usage(
          "fine-tuning "
              + name
              + " needs at least 2 training and 1 validation images, got "
              + train.size()
              + " and "
              + validation.size()
              + ". Give a larger tuning set, or a larger validation share.");
    }
    long seed = context.seed();
    EpochChoice choice = recipe.objective().choice();
    try (NDManager scope = context.manager().newSubManager();
        FineTuningStep step = new FineTuningStep(recipe, learner, context)) {
      String work = work(learner, seed, train, validation);
      FineTuningState state = new FineTuningState(work, choice, learner, step, context, scope);
      state.restore();
      if (state.history().isEmpty() && options.headEpochs() > 0) {
        teach(learner, train, context);
      }
      Validation judge =
          new Validation(
              validation, options.validationImages(), options.batchSize(), seed(seed, -2));
      long perEpoch = (train.size() + options.batchSize() - 1L) / options.batchSize();
      context.progress().start("fine-tune " + name, perEpoch * options.epochs());
      if (choice.looksAtStart() && state.history().isEmpty()) {
        finish(
            name,
            judge.measure(step, scope, new EpochResult(0, Map.of(), 0, 0, 0)),
            state,
            context);
      }
      for (int epoch = state.done(); epoch < options.epochs(); epoch++) {
        EpochResult learnt = new Epoch(name, epoch, perEpoch, step, context).run(train);
        finish(name, judge.measure(step, scope, learnt), state, context);
      }
      state.useBest();
      return FineTuningOutcome.of(state.history(), choice);
    }
  }

  private void finish(String name, EpochResult result, FineTuningState state, RunContext context) {
    if (!state.finish(result)) {
      throw diverged(
          name, result.epoch() - 1, "a weight is not a finite number after the last step");
    }
    context.progress().message(line(name, result));
  }

  /** Trains the head alone on clean images, which are encoded once. */
  private void teach(Learner learner, ImageBatches train, RunContext context) {
    try (RunContext part = context.child("head")) {
      Features features = FeatureCache.inMemory().features(learner.encoder(), train, "", part);
      Head taught = HeadTrainer.train(features, null, options.head(), part).head();
      learner.head().state().load(taught.state().tensors());
    }
  }

  /** What has to be the same for saved work to be continued. */
  private String work(Learner learner, long seed, ImageBatches train, ImageBatches validation) {
    return recipe.objective().name()
        + " "
        + options
        + " seed="
        + seed
        + " encoder="
        + learner.identity()
        + " train="
        + data(train)
        + " validation="
        + data(validation);
  }

  private static String data(ImageBatches images) {
    return images.size()
        + "x"
        + images.imageSize()
        + "/"
        + images.classes()
        + images.fingerprint().map(f -> ":" + f).orElse("");
  }

  private ZepadException diverged(String name, int epoch, String what) {
    return ZepadException.usage(
        "fine-tuning "
            + name
            + " stopped in epoch "
            + (epoch + 1)
            + ": "
            + what
            + ". The state after epoch "
            + epoch
            + " is kept. Lower encoder-learning-rate (now "
            + options.encoderLearningRate()
            + ") or head-learning-rate (now "
            + options.headLearningRate()
            + ") and run again.");
  }

  private static String line(String name, EpochResult e) {
    String losses =
        e.losses().entrySet().stream()
            .map(loss -> String.format(Locale.ROOT, "%s %.4f", loss.getKey(), loss.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s epoch %d: %s; of %d validation images %.2f%% right, %.2f%% under attack",
        name,
        e.epoch(),
        losses.isEmpty() ? "before it learns" : losses,
        e.images(),
        100 * e.benignAccuracy(),
        100 * e.robustAccuracy());
  }

  /** A seed for a part, which depends on nothing that ran before. */
  private static long seed(long seed, long part) {
    return new SplittableRandom(seed ^ (part * 0x9E3779B97F4A7C15L)).nextLong();
  }

  /** One pass over the training images. */
  private final class Epoch {
    private final String name;
    private final int epoch;
    private final long perEpoch;
    private final FineTuningStep step;
    private final RunContext context;
    private int batches;
    private final Map<String, Double> sums = new LinkedHashMap<>();

    Epoch(String name, int epoch, long perEpoch, FineTuningStep step, RunContext context) {
      this.name = name;
      this.epoch = epoch;
      this.perEpoch = perEpoch;
      this.step = step;
      this.context = context;
    }

    EpochResult run(ImageBatches train) {
      train.forEach(
          options.batchSize(),
          OptionalLong.of(seed(context.seed(), epoch)),
          batch -> {
            if (batch.indices().length > 1) {
              learn(batch);
            }
          });
      Map<String, Double> means = new LinkedHashMap<>();
      sums.forEach((part, sum) -> means.put(part, sum / batches));
      return new EpochResult(epoch + 1, means, 0, 0, 0);
    }

    private void learn(ImageBatches.Batch batch) {
      long number = epoch * perEpoch + batches;
      FineTuningStep.Losses losses;
      try (NDManager scope = context.manager().newSubManager()) {
        NDArray images = Scopes.copy(batch.images(), scope);
        NDArray labels = Scopes.copy(batch.labels(), scope);
        context.reseedEngine(number);
        NDArray attacked = step.adversarial(images, labels, "attack-" + number);
        losses = step.accumulate(images, attacked, labels);
      }
      if (!Float.isFinite(losses.total())) {
        throw diverged(name, epoch, "the loss of step " + (batches + 1) + " is " + losses.total());
      }
      step.update(options.factor(epoch));
      batches++;
      sums.merge(EpochResult.TOTAL, (double) losses.total(), Double::sum);
      losses.parts().forEach((part, value) -> sums.merge(part, (double) value, Double::sum));
      context
          .progress()
          .update(number + 1, String.format(Locale.ROOT, "loss %.4f", losses.total()));
    }
  }
}
