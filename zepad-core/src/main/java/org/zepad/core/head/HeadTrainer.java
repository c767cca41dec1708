package org.zepad.core.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.core.engine.Seeds;
import org.zepad.core.metrics.Outcomes;
import org.zepad.core.metrics.Rate;

/**
 * Trains a head on features that were made once: the encoder is frozen and there is no
 * augmentation, so encoding the images anew each epoch would give the same numbers.
 *
 * <p>Dropout is on in every epoch (the public research code loses it after the first). The last
 * epoch is kept: with a fixed number of epochs there is nothing to choose. Continues from the
 * context's checkpoint at the epoch where it was killed and ends with the same numbers; what was
 * saved with other options, features or seed is not used.
 */
public final class HeadTrainer {
  private static final int EVALUATION_BATCH = 4096;
  private static final String HEAD = "head.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String WORK = "work";

  private HeadTrainer() {}

  /**
   * Trains.
   *
   * @param train the features to train on, at least one, not changed
   * @param validation features to report accuracy on; null for none
   * @param options how
   * @param context seed, progress, checkpoint; the head belongs to its scope
   * @throws ZepadException of kind INPUT if the loss is not a number
   */
  public static TrainedHead train(
      Features train, @Nullable Features validation, HeadOptions options, RunContext context) {
    if (train.size() == 0) {
      throw ZepadException.input("a head cannot be trained on an empty set of images");
    }
    Head head =
        new Head(
            context.manager(),
            train.featureDim(),
            train.classes(),
            options.dropout(),
            context.seed());
    try (Optimizer optimizer =
        context.optimizer(OptimizerSpec.Adam.of(options.weightDecay()), head.state())) {
      String work = work(train, options, context);
      int done = restore(head, optimizer, work, context);
      context.progress().start("training a head", Math.max(1, options.epochs()));
      head.state().requireGradients(true);
      for (int epoch = done; epoch < options.epochs(); epoch++) {
        // Dropout draws from the engine's generator: reseeded, a continued run sees the same masks.
        context.reseedEngine(epoch);
        double rate = options.learningRate() * Math.pow(options.decay(), epoch);
        double loss =
            epoch(
                head,
                optimizer,
                train,
                options.batchSize(),
                rate,
                order(train.size(), context, epoch),
                context);
        if (!Double.isFinite(loss)) {
          throw ZepadException.input(
              "the head's loss is not a number in epoch "
                  + (epoch + 1)
                  + ": the features are too large or damaged. Check the encoder's checkpoint and"
                  + " pre-processing, or lower the learning rate.");
        }
        save(head, optimizer, work, context, epoch + 1);
        context.progress().update(epoch + 1, String.format(Locale.ROOT, "loss %.4f", loss));
      }
    }
    head.state().requireGradients(false);
    return new TrainedHead(
        head, accuracy(head, train), validation == null ? null : accuracy(head, validation));
  }

  /** The share of images that a head classifies rightly, dropout off. */
  public static Rate accuracy(Head head, Features features) {
    Outcomes outcomes = new Outcomes(head.classes());
    for (int from = 0; from < features.size(); from += EVALUATION_BATCH) {
      int to = Math.min(features.size(), from + EVALUATION_BATCH);
      try (NDManager scope = features.values().getManager().newSubManager()) {
        NDArray x = features.values().get(scope, new NDIndex(from + ":" + to));
        outcomes.add(
            head.logits(x, false).toFloatArray(), Arrays.copyOfRange(features.labels(), from, to));
      }
    }
    return outcomes.accuracy();
  }

  /** One pass; the mean loss over the images. */
  private static double epoch(
      Head head,
      Optimizer optimizer,
      Features train,
      int batchSize,
      double learningRate,
      long[] order,
      RunContext context) {
    double sum = 0;
    for (int from = 0; from < order.length; from += batchSize) {
      long[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
      long[] labels = Arrays.stream(batch).map(i -> train.labels()[(int) i]).toArray();
      try (NDManager step = context.manager().newSubManager()) {
        NDArray x = train.values().get(step, new NDIndex("{}", step.create(batch)));
        NDArray y = step.create(labels);
        float loss = context.ops().backward(() -> crossEntropy(head.logits(x, true), y));
        optimizer.step(learningRate);
        sum += (double) loss * batch.length;
      }
    }
    return sum / order.length;
  }

  private static NDArray crossEntropy(NDArray logits, NDArray labels) {
    return logits.logSoftmax(1).gather(labels.expandDims(1), 1).mean().neg();
  }

  /** The order of an epoch: Fisher and Yates, from the context's seed and the epoch's number. */
  private static long[] order(int size, RunContext context, int epoch) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(context.seed(), epoch));
    long[] order = LongStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      long swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** What has to be the same for saved work to be continued: all but the number of epochs. */
  private static String work(Features train, HeadOptions options, RunContext context) {
    try (NDArray sum = train.values().sum()) {
      return options.withEpochs(0)
          + " seed="
          + context.seed()
          + " features="
          + train.values().getShape()
          + " sum="
          + sum.getFloat()
          + " labels="
          + Arrays.hashCode(train.labels());
    }
  }

  private static int restore(Head head, Optimizer optimizer, String work, RunContext context) {
    try (NDManager scope = context.manager().newSubManager()) {
      Optional<Checkpoint.Saved> saved = context.checkpoint().load(scope);
      if (saved.isEmpty()) {
        return 0;
      }
      if (!work.equals(saved.get().values().get(WORK))) {
        context
            .progress()
            .message("The saved head was trained otherwise; training it from the beginning.");
        return 0;
      }
      head.state().load(part(saved.get().tensors(), HEAD));
      optimizer.state().load(part(saved.get().tensors(), OPTIMIZER));
      return Math.toIntExact(saved.get().step());
    }
  }

  private static void save(
      Head head, Optimizer optimizer, String work, RunContext context, int epochs) {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    head.state().tensors().forEach((name, tensor) -> tensors.put(HEAD + name, tensor));
    optimizer.state().tensors().forEach((name, tensor) -> tensors.put(OPTIMIZER + name, tensor));
    context.checkpoint().save(epochs, tensors, Map.of(WORK, work));
  }

  private static Map<String, NDArray> part(Map<String, NDArray> tensors, String prefix) {
    Map<String, NDArray> found = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), tensor);
          }
        });
    return found;
  }
}
