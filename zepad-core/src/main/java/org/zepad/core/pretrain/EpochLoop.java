package org.zepad.core.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.data.AugmentedBatches;
import org.zepad.core.engine.Seeds;
import org.zepad.core.train.EpochHistory;
import org.zepad.core.train.TimeShares;

/** Runs the epochs that are still to be done. One object for one training, on one thread. */
final class EpochLoop {
  private final PretrainPlan plan;
  private final SslMethod method;
  private final StateDict network;
  private final Optimizer optimizer;
  private final PretrainData data;
  private final PretrainOptions options;
  private final RunContext context;
  private final String name;
  private final int imageSize;
  private final FeatureMonitor monitor;
  private final TimeShares time = new TimeShares();

  /** Sum of the losses of the running epoch. */
  private double lossSum;

  private long epochStarted;

  EpochLoop(
      PretrainPlan plan,
      Encoder encoder,
      SslMethod method,
      StateDict network,
      Optimizer optimizer,
      PretrainData data,
      PretrainOptions options,
      RunContext context,
      String name) {
    this.plan = plan;
    this.method = method;
    this.network = network;
    this.optimizer = optimizer;
    this.data = data;
    this.options = options;
    this.context = context;
    this.name = name;
    this.imageSize = encoder.info().preprocessing().size();
    this.monitor = new FeatureMonitor(encoder, data, options.knnImages(), context);
  }

  /**
   * Trains to the end.
   *
   * @param before what is done already
   * @param save called at the end of each epoch
   */
  Done run(Done before, Consumer<Done> save) {
    Done done = before;
    context.progress().start("pre-training with " + name, plan.totalSteps());
    if (!done.history().epochs().isEmpty()) {
      context
          .progress()
          .message(
              "continuing behind epoch " + done.history().epochs().size() + " of " + plan.epochs());
    }
    try (AugmentedBatches batches =
        new AugmentedBatches(
            data.images(),
            data.training(),
            plan.views(),
            imageSize,
            plan.batchSize(),
            options.threads(),
            Seeds.derive(context.seed(), "views"),
            context.manager())) {
      for (int epoch = done.history().epochs().size(); epoch < plan.epochs(); epoch++) {
        double seconds = train(epoch, batches);
        done = new Done(done.history().plus(figures(epoch)), done.seconds() + seconds);
        Done reached = done;
        time.time("saving the checkpoint", () -> save.accept(reached));
      }
      time.add("waiting for data", batches.waitedNanos());
    }
    context.progress().profile("pre-training with " + name, time.shares());
    return done;
  }

  /** Trains one epoch and returns how many seconds it took. */
  private double train(int epoch, AugmentedBatches batches) {
    context.reseedEngine(epoch);
    lossSum = 0;
    epochStarted = System.nanoTime();
    batches.forEach(
        epoch, 0, plan.stepsPerEpoch(), batch -> step(epoch, batch, batches.waitedShare()));
    return (System.nanoTime() - epochStarted) / 1e9;
  }

  private void step(int epoch, AugmentedBatches.ViewBatch batch, double waited) {
    long step = (long) epoch * plan.stepsPerEpoch() + batch.number();
    double rate = plan.learningRate(step);
    SslMethod.Batch views =
        new SslMethod.Batch(
            batch.views(),
            batch.images(),
            batch.labels(),
            step,
            plan.totalSteps(),
            Seeds.derive(Seeds.derive(context.seed(), "steps"), step));
    float loss =
        time.time("loss and gradients", () -> context.ops().backward(() -> method.loss(views)));
    if (!Float.isFinite(loss)) {
      throw diverged("the loss became " + loss, epoch, step);
    }
    time.time("optimizer", () -> optimizer.step(rate));
    time.time("the method's upkeep", () -> method.afterStep(step, plan.totalSteps()));
    lossSum += loss;
    double images = (batch.number() + 1.0) * plan.batchSize();
    context
        .progress()
        .update(
            step + 1,
            String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.4f  lr %.2g  %.0f images/s  %.0f%% waiting for data",
                epoch + 1,
                plan.epochs(),
                lossSum / (batch.number() + 1),
                rate,
                images / ((System.nanoTime() - epochStarted) / 1e9),
                100 * waited));
  }

  private Map<String, Double> figures(int epoch) {
    long lastStep = (epoch + 1L) * plan.stepsPerEpoch() - 1;
    for (Map.Entry<String, NDArray> entry : network.tensors().entrySet()) {
      if (!finite(entry.getValue())) {
        throw diverged("the tensor " + entry.getKey() + " is no longer finite", epoch, lastStep);
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(PretrainResult.LOSS, lossSum / plan.stepsPerEpoch());
    figures.put(PretrainResult.LEARNING_RATE, plan.learningRate(lastStep));
    boolean last = epoch + 1 == plan.epochs();
    if (last || (options.knnEvery() > 0 && (epoch + 1) % options.knnEvery() == 0)) {
      FeatureMonitor.Judgement judgement = time.time("judging the features", monitor::judge);
      if (!judgement.finite()) {
        throw diverged("the features are no longer finite", epoch, lastStep);
      }
      figures.putAll(judgement.figures());
      say(epoch, figures, judgement.health());
    }
    return figures;
  }

  private void say(int epoch, Map<String, Double> figures, FeatureHealth health) {
    Double accuracy = figures.get(PretrainResult.KNN);
    String line =
        String.format(
            Locale.ROOT, "epoch %d: loss %.4f", epoch + 1, figures.get(PretrainResult.LOSS));
    if (accuracy != null) {
      line += String.format(Locale.ROOT, ", k-NN accuracy %.2f%%", 100 * accuracy);
    }
    context.progress().message(line + "; " + health.explanation());
    if (health.collapsed()) {
      context
          .progress()
          .message(
              "WARNING: the features have collapsed: the encoder gives nearly the same features to"
                  + " different images, so no classifier built on it can work, whatever the loss"
                  + " says. Train with a smaller learning rate, a larger batch or a longer warm-up,"
                  + " or with another method.");
    }
  }

  private static boolean finite(NDArray tensor) {
    if (tensor.getDataType() != DataType.FLOAT32) {
      return true;
    }
    // A sum with an infinity or a NaN in it is one itself.
    try (NDArray values = tensor.stopGradient();
        NDArray sum = values.sum()) {
      return Float.isFinite(sum.getFloat());
    }
  }

  private ZepadException diverged(String what, int epoch, long step) {
    return ZepadException.usage(
        String.format(
            Locale.ROOT,
            "pre-training with %s broke down: %s in epoch %d of %d (step %d, learning rate %.3g)."
                + " %s Train anew in another run folder with a smaller learning rate than %.3g or a"
                + " longer warm-up.",
            name,
            what,
            epoch + 1,
            plan.epochs(),
            step + 1,
            plan.learningRate(step),
            epoch == 0
                ? "No epoch was finished, so nothing was saved."
                : "The checkpoint of epoch " + epoch + ", before that, is kept.",
            plan.peakLearningRate()));
  }

  /**
   * How far training is.
   *
   * @param history of the finished epochs
   * @param seconds spent training
   */
  record Done(EpochHistory history, double seconds) {}
}
