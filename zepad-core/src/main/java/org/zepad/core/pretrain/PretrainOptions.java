package org.zepad.core.pretrain;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.OptimizerSpec;

/**
 * What a person may set of a pre-training. Everything else is the method's own recipe.
 *
 * @param recipe whose published recipe is followed where nothing else is said
 * @param epochs whole length
 * @param batchSize images a step; without a learning rate, the recipe's is scaled linearly to it
 * @param learningRate peak learning rate at this batch size, used as it is
 * @param optimizer which optimizer; one that is not the recipe's has the usual constants: Adam
 *     (0.9, 0.999), SGD with momentum 0.9, LARS as solo-learn runs it, no weight decay unless it is
 *     set; Adam suits a short training best, and wants a learning rate of its own
 * @param weightDecay L2 coefficient
 * @param minCrop least share of the area that a full-sized view shows, in place of the recipe's: in
 *     a short training of small images crops of 0.08 are too hard to learn from
 * @param blur chance that a view is blurred, in place of the recipe's: at 32 pixels a blur of up to
 *     two pixels leaves little to learn from in a short training
 * @param warmupEpochs length of the warm-up, used as it is; the recipe's is shortened where it
 *     would take a larger share of the training than in the recipe, and than a tenth
 * @param knnEvery how often features are judged while training runs; always after the last epoch
 * @param knnImages how many training images, drawn class by class, the k-NN monitor remembers
 * @param workers threads that augment images
 */
public record PretrainOptions(
    @Option(
            defaultValue = "auto",
            help = "Recipe published for cifar-10 or imagenet-100; auto goes by the image size")
        RecipeName recipe,
    @Option(defaultValue = "0", min = 0, help = "Epochs, 0 for as many as the method's recipe says")
        int epochs,
    @Option(defaultValue = "0", min = 0, help = "Images a step, 0 for the recipe's number")
        int batchSize,
    @Option(
            defaultValue = "0",
            min = 0,
            help = "Peak learning rate, 0 for the recipe's, scaled linearly to the batch size")
        double learningRate,
    @Option(
            defaultValue = "recipe",
            help = "Optimizer; one that is not the recipe's wants a learning rate of its own")
        OptimizerName optimizer,
    @Option(defaultValue = "-1", min = -1, help = "L2 weight decay, -1 for the recipe's")
        double weightDecay,
    @Option(
            defaultValue = "0",
            min = 0,
            max = 1,
            help = "Least share of an image that a full-sized view shows, 0 for the recipe's")
        double minCrop,
    @Option(
            defaultValue = "-1",
            min = -1,
            max = 1,
            help = "Chance that a view is blurred, -1 for the recipe's")
        double blur,
    @Option(defaultValue = "-1", min = -1, help = "Warm-up epochs, -1 for the recipe's")
        int warmupEpochs,
    @Option(
            defaultValue = "10",
            min = 0,
            help = "Judge the features with k-NN every so many epochs, 0 for only at the end")
        int knnEvery,
    @Option(defaultValue = "5000", min = 2, help = "Training images that the k-NN monitor uses")
        int knnImages,
    @Option(
            defaultValue = "0",
            min = 0,
            help = "Threads that augment images, 0 for half of the processors")
        int workers) {

  /** The recipe as it is. */
  public static PretrainOptions defaults() {
    return new PretrainOptions(
        RecipeName.AUTO, 0, 0, 0, OptimizerName.RECIPE, -1, 0, -1, -1, 10, 5000, 0);
  }

  /** The same options with another length and batch. */
  public PretrainOptions with(int newEpochs, int newBatchSize) {
    return new PretrainOptions(
        recipe,
        newEpochs,
        newBatchSize,
        learningRate,
        optimizer,
        weightDecay,
        minCrop,
        blur,
        warmupEpochs,
        knnEvery,
        knnImages,
        workers);
  }

  /** The optimizer that was asked for, in place of the recipe's. */
  OptimizerSpec optimizer(OptimizerSpec recipe) {
    return switch (optimizer) {
      case RECIPE -> weightDecay < 0 ? recipe : recipe.withWeightDecay(weightDecay);
      case ADAM -> OptimizerSpec.Adam.of(Math.max(0, weightDecay));
      case SGD -> new OptimizerSpec.Sgd(0.9, false, Math.max(0, weightDecay));
      case LARS -> OptimizerSpec.Lars.of(Math.max(0, weightDecay));
    };
  }

  /** The benchmark whose recipe is followed for images of so many pixels a side. */
  Benchmark benchmark(int imageSize) {
    return switch (recipe) {
      case AUTO -> Benchmark.suiting(imageSize);
      case CIFAR_10 -> Benchmark.CIFAR_10;
      case IMAGENET_100 -> Benchmark.IMAGENET_100;
    };
  }

  /** The recipe's views with the crops and blurs that were asked for. */
  List<ViewSpec> views(List<ViewSpec> recipe) {
    return recipe.stream().map(this::changed).toList();
  }

  private ViewSpec changed(ViewSpec view) {
    boolean cropped = minCrop > 0 && view.sizeFactor() == 1;
    ViewSpec crop = cropped ? view.withScale(minCrop, view.maxScale(), 1) : view;
    return blur < 0 ? crop : crop.withBlurAndSolarize(blur, view.solarize());
  }

  /** Which recipe. */
  public enum RecipeName {
    /** The one whose images are nearest in size. */
    AUTO,
    CIFAR_10,
    IMAGENET_100
  }

  /** Which optimizer. */
  public enum OptimizerName {
    /** The one of the method's recipe. */
    RECIPE,
    ADAM,
    SGD,
    LARS
  }

  int threads() {
    return workers > 0 ? workers : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }
}
