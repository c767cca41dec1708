package org.zepad.attacks.advencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.attacks.universal.Frozen;

/**
 * Trains a generator against an encoder and returns the perturbation that it makes at the end. The
 * loss is that of {@link GeneratorTraining}; Adam with betas 0.5 and 0.999.
 *
 * <p>The generator mixes exactly batchSize latent vectors, drawn once, and its loss contrasts the
 * images of a batch: a last batch that is short would be a weaker contrast, so it is left out; the
 * order is drawn anew for each epoch, so that every image takes part. The perturbation has the size
 * of the surrogate images. Labels are not read.
 *
 * <p>A checkpoint is saved after each epoch, see {@link TrainingCheckpoint}; continued from it, the
 * numbers are those of a training that was never interrupted.
 *
 * @param settings of the training
 * @param budget of the perturbation
 * @param form what the perturbation is: a change or a patch
 */
record GeneratorAttack(TrainingSettings settings, Budget budget, Form.Maker form)
    implements UniversalAttack {
  private static final OptimizerSpec ADAM = new OptimizerSpec.Adam(0.5, 0.999, 1e-8, 0);

  @Override
  public Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context) {
    if (surrogate.size() < settings.batchSize()) {
      throw ZepadException.usage(
          settings.attack()
              + ": batch-size is "
              + settings.batchSize()
              + ", but there are only "
              + surrogate.size()
              + " surrogate images. Set batch-size to at most "
              + surrogate.size()
              + ", or give more images.");
    }
    try (Frozen frozen = new Frozen(victim.state());
        NDManager scope = context.manager().newSubManager()) {
      Form worn = form.make(surrogate.imageSize(), scope);
      NDArray delta = train(victim, surrogate, worn, context, scope);
      return worn.perturbation(delta, budget, context.manager());
    }
  }

  private NDArray train(
      Encoder victim, ImageBatches surrogate, Form worn, RunContext context, NDManager scope) {
    SplittableRandom random = context.random();
    int side = surrogate.imageSize();
    int batchSize = settings.batchSize();
    PerturbationGenerator generator =
        PerturbationGenerator.random(
            settings.stages(side), settings.latentDim(), batchSize, random.split(), scope);
    NDArray latent =
        PerturbationGenerator.normal(
            random.split(), 1, new Shape(batchSize, settings.latentDim(), 1, 1), scope);
    UnaryOperator<NDArray> features = victim.evaluator(scope);
    GeneratorTraining training =
        new GeneratorTraining(
            settings, worn, features, generator, latent, side, scope, context.ops());
    try (Optimizer optimizer = context.optimizer(ADAM, generator.state())) {
      TrainingCheckpoint checkpoint =
          TrainingCheckpoint.of(settings, surrogate, generator.state(), optimizer.state(), context);
      int done = checkpoint.resume();
      if (done < settings.epochs()) {
        int steps = surrogate.size() / batchSize;
        context.progress().start(settings.attack(), (long) settings.epochs() * steps);
        CleanFeatures clean =
            new CleanFeatures(
                features, victim.featureDim(), surrogate, batchSize, settings.cacheBytes());
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
          // Drawn for the epochs that are done, too: the next ones then get their own order.
          long order = random.nextLong();
          if (epoch >= done) {
            Steps epochSteps = new Steps(training, optimizer, clean, context, (long) epoch * steps);
            surrogate.forEach(batchSize, OptionalLong.of(order), epochSteps::step);
            checkpoint.save(epoch + 1);
          }
        }
      }
      // Made anew: what the last step used is from before its update.
      return context.ops().detach(training.perturbation(scope)).squeeze(0).duplicate();
    }
  }

  /** The steps of one epoch. */
  private final class Steps {
    private final GeneratorTraining training;
    private final Optimizer optimizer;
    private final CleanFeatures clean;
    private final RunContext context;
    private long done;

    Steps(
        GeneratorTraining training,
        Optimizer optimizer,
        CleanFeatures clean,
        RunContext context,
        long done) {
      this.training = training;
      this.optimizer = optimizer;
      this.clean = clean;
      this.context = context;
      this.done = done;
    }

    void step(ImageBatches.Batch batch) {
      if (batch.indices().length < settings.batchSize()) {
        return;
      }
      GeneratorTraining.Losses losses = training.backward(batch.images(), clean.of(batch));
      if (!Float.isFinite(losses.total())) {
        throw ZepadException.input(
            settings.attack()
                + ": the loss is not finite ("
                + losses
                + "). The victim's features of the surrogate images, or of their perturbed"
                + " versions, are not finite: check the encoder's weights and pre-processing.");
      }
      optimizer.step(settings.learningRate());
      context.progress().update(++done, losses.toString());
    }
  }
}
