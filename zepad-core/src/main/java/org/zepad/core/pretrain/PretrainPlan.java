package org.zepad.core.pretrain;

import java.util.Arrays;
import java.util.List;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.Schedule;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.core.train.LearningRates;

/**
 * The recipe and the options brought together into numbers.
 *
 * @param views how the views of each image are made
 * @param optimizer which optimizer
 * @param schedule length and batch size
 * @param warmupSteps steps of linear warm-up
 * @param peakLearningRate the greatest learning rate
 * @param identity everything that the trained weights depend on, in words; a checkpoint is
 *     continued only by the very same training
 */
record PretrainPlan(
    List<ViewSpec> views,
    OptimizerSpec optimizer,
    Schedule schedule,
    long warmupSteps,
    double peakLearningRate,
    String identity) {

  static PretrainPlan of(
      Recipe recipe,
      PretrainOptions options,
      PretrainData data,
      Encoder encoder,
      String method,
      Record methodOptions,
      long seed) {
    int epochs = options.epochs() > 0 ? options.epochs() : recipe.epochs();
    int batchSize = options.batchSize() > 0 ? options.batchSize() : recipe.batchSize();
    if (batchSize < 2) {
      throw ZepadException.usage("pre-training needs batches of at least 2 images, got 1");
    }
    if (data.training().length < batchSize) {
      throw ZepadException.usage(
          "a batch takes "
              + batchSize
              + " images, but there are only "
              + data.training().length
              + " to train on; choose a smaller batch-size");
    }
    Schedule schedule = new Schedule(data.training().length, batchSize, epochs);
    double peak =
        options.learningRate() > 0
            ? options.learningRate()
            : LearningRates.scaled(recipe.learningRate(), recipe.batchSize(), batchSize);
    OptimizerSpec optimizer = options.optimizer(recipe.optimizer());
    List<ViewSpec> views = options.views(recipe.views());
    long warmup = Math.round(warmupEpochs(recipe, options, epochs) * schedule.stepsPerEpoch());
    String identity =
        String.join(
            "; ",
            "method " + method,
            methodOptions.toString(),
            optimizer.toString(),
            "views " + views,
            epochs
                + " epochs of "
                + schedule.stepsPerEpoch()
                + " steps of "
                + batchSize
                + " images",
            "peak learning rate " + peak + " after " + warmup + " steps",
            "backbone " + encoder.info().backbone() + encoder.info().backboneOptions(),
            encoder.info().preprocessing().toString(),
            "training images "
                + data.training().length
                + " #"
                + Integer.toHexString(Arrays.hashCode(data.training())),
            "seed " + seed);
    return new PretrainPlan(views, optimizer, schedule, warmup, peak, identity);
  }

  /** A short training is not to spend itself on a warm-up that was meant for a long one. */
  private static double warmupEpochs(Recipe recipe, PretrainOptions options, int epochs) {
    if (options.warmupEpochs() >= 0) {
      return Math.min(options.warmupEpochs(), epochs);
    }
    double share = Math.max(0.1, (double) recipe.warmupEpochs() / recipe.epochs());
    return Math.min(recipe.warmupEpochs(), Math.min(1, share) * epochs);
  }

  int epochs() {
    return schedule.epochs();
  }

  int batchSize() {
    return schedule.batchSize();
  }

  int stepsPerEpoch() {
    return schedule.stepsPerEpoch();
  }

  long totalSteps() {
    return schedule.totalSteps();
  }

  double learningRate(long step) {
    return LearningRates.warmupCosine(peakLearningRate, step, warmupSteps, totalSteps());
  }
}
