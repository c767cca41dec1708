package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SplittableRandom;
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
 * Adversarial fine-tuning of an encoder (ZePAD, section 3.2; the loss is Gen-AF's): the encoder and
 * a head on top of it learn together, on batches attacked while they learn, to classify attacked
 * images and to keep the topology of the clean logits. The head is thrown away.
 *
 * <p>After each epoch the same attack is run on validation images; the weights of the epoch with
 * the best robust validation accuracy are kept, of equals the later. The step's policy on batch
 * statistics and dropout is told at {@link FineTuningStep}. A last batch of a single image is left
 * out: it has no neighbours, and no batch statistics.
 *
 * <p>The work is saved after each epoch and continues there after a kill; the same seed gives the
 * same numbers, interrupted or not. Each step's tensors are freed with the step.
 */
public final class AdversarialFineTuning {
  private final FineTuningOptions options;
  private final SampleAttack attack;

  /**
   * Prepares work of any number of encoders.
   *
   * @param options the settings; the attack is given instead of looked up
   * @param attack makes the adversarial batches, in training and in validation
   */
  public AdversarialFineTuning(FineTuningOptions options, SampleAttack attack) {
    this.options = options;
    this.attack = attack;
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
    try (NDManager scope = context.manager().newSubManager();
        Head head =
            new Head(
                scope, encoder.featureDim(), train.classes(), options.dropout(), seed(seed, -1));
        FineTuningStep step = new FineTuningStep(options, attack, encoder, head, context)) {
      FineTuningState state =
          new FineTuningState(work(seed, train, validation), encoder, head, step, context, scope);
      state.restore();
      if (state.history().isEmpty() && options.headEpochs() > 0) {
        teach(head, encoder, train, context);
      }
      Validation judge =
          new Validation(
              validation, options.validationImages(), options.batchSize(), seed(seed, -2));
      long perEpoch = (train.size() + options.batchSize() - 1L) / options.batchSize();
      context.progress().start("fine-tune " + name, perEpoch * options.epochs());
      for (int epoch = state.history().size(); epoch < options.epochs(); epoch++) {
        EpochResult learnt = new Epoch(name, epoch, perEpoch, step, context).run(train);
        EpochResult result = judge.measure(step, scope, learnt);
        if (!state.finish(result)) {
          throw diverged(name, epoch, "a weight is not a finite number after the last step");
        }
        context.progress().message(line(name, result));
      }
      state.useBest();
      return FineTuningOutcome.of(state.history());
    }
  }

  /** Trains the head alone on clean images, which are encoded once. */
  private void teach(Head head, Encoder encoder, ImageBatches train, RunContext context) {
    try (RunContext part = context.child("head")) {
      Features features = FeatureCache.inMemory().features(encoder, train, "", part);
      Head taught = HeadTrainer.train(features, null, options.head(), part).head();
      head.state().load(taught.state().tensors());
    }
  }

  /** What has to be the same for saved work to be continued. */
  private String work(long seed, ImageBatches train, ImageBatches validation) {
    return options
        + " seed="
        + seed
        + " train="
        + train.size()
        + " validation="
        + validation.size()
        + " size="
        + train.imageSize()
        + " classes="
        + train.classes();
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
    return String.format(
        Locale.ROOT,
        "%s epoch %d: loss %.4f, topology %.4f, adversarial cross-entropy %.4f; of %d validation"
            + " images %.2f%% right, %.2f%% under attack",
        name,
        e.epoch(),
        e.loss(),
        e.topology(),
        e.adversarial(),
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
    private double loss;
    private double topology;
    private double adversarial;

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
      return new EpochResult(
          epoch + 1, loss / batches, topology / batches, adversarial / batches, 0, 0, 0);
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
      loss += losses.total();
      topology += losses.topology();
      adversarial += losses.adversarial();
      context
          .progress()
          .update(number + 1, String.format(Locale.ROOT, "loss %.4f", losses.total()));
    }
  }
}
