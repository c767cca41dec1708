package org.zepad.attacks.advencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;

/**
 * Trains a generator against an encoder and returns the perturbation that it makes at the end. The
 * loss is that of {@link GeneratorTraining}; Adam with betas 0.5 and 0.999.
 *
 * <p>The generator mixes exactly batchSize latent vectors, drawn once, and its loss contrasts the
 * images of a batch: a last batch that is short would be a weaker contrast, so it is left out; the
 * order is drawn anew for each epoch, so that every image takes part. The perturbation has the size
 * of the surrogate images. Labels are not read.
 *
 * <p>A checkpoint is saved after each epoch; continued from it, the numbers are those of a training
 * that was never interrupted. It may be continued for more epochs, but not with other options.
 */
final class AdvEncoderPer implements UniversalAttack {
  private static final OptimizerSpec ADAM = new OptimizerSpec.Adam(0.5, 0.999, 1e-8, 0);
  private static final String GENERATOR = "generator.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String IDENTITY = "advencoder-per";

  private final AdvEncoderPerOptions options;
  private final Budget budget;

  AdvEncoderPer(AdvEncoderPerOptions options) {
    this.options = options;
    this.budget = new Budget(Norm.LINF, options.epsilon());
  }

  @Override
  public Budget budget() {
    return budget;
  }

  @Override
  public Perturbation craft(Encoder victim, ImageBatches surrogate, RunContext context) {
    if (surrogate.size() < options.batchSize()) {
      throw ZepadException.usage(
          "advencoder-per: batch-size is "
              + options.batchSize()
              + ", but there are only "
              + surrogate.size()
              + " surrogate images. Set batch-size to at most "
              + surrogate.size()
              + ", or give more images.");
    }
    List<NDArray> thawed =
        victim.state().parameters().values().stream().filter(NDArray::hasGradient).toList();
    victim.state().requireGradients(false);
    try (NDManager scope = context.manager().newSubManager()) {
      NDArray delta = train(victim, surrogate, context, scope);
      delta.attach(context.manager());
      return Perturbation.additive(delta, budget);
    } finally {
      thawed.forEach(parameter -> parameter.setRequiresGradient(true));
    }
  }

  private NDArray train(
      Encoder victim, ImageBatches surrogate, RunContext context, NDManager scope) {
    SplittableRandom random = context.random();
    int side = surrogate.imageSize();
    PerturbationGenerator generator =
        PerturbationGenerator.random(
            stages(side), options.latentDim(), options.batchSize(), random.split(), scope);
    NDArray latent =
        PerturbationGenerator.normal(
            random.split(), 1, new Shape(options.batchSize(), options.latentDim(), 1, 1), scope);
    GeneratorTraining training =
        new GeneratorTraining(options, victim, generator, latent, side, scope, context.ops());
    try (Optimizer optimizer = context.optimizer(ADAM, generator.state())) {
      int done = resume(generator.state(), optimizer.state(), surrogate, context);
      if (done < options.epochs()) {
        int steps = surrogate.size() / options.batchSize();
        context.progress().start("advencoder-per", (long) options.epochs() * steps);
        CleanFeatures clean =
            new CleanFeatures(
                victim, surrogate, options.batchSize(), (long) options.cacheMebibytes() << 20);
        for (int epoch = 0; epoch < options.epochs(); epoch++) {
          // Drawn for the epochs that are done, too: the next ones then get their own order.
          long order = random.nextLong();
          if (epoch >= done) {
            Steps epochSteps = new Steps(training, optimizer, clean, context, (long) epoch * steps);
            surrogate.forEach(options.batchSize(), OptionalLong.of(order), epochSteps::step);
            save(epoch + 1, generator.state(), optimizer.state(), surrogate, context);
          }
        }
      }
      // Made anew: what the last step used is from before its update.
      return context.ops().detach(training.noise(scope)).squeeze(0).duplicate();
    }
  }

  /** The widths of as many stages as the side needs and the options have, the last of the list. */
  private List<Integer> stages(int side) {
    List<Integer> widths = options.widths();
    int stages = Math.min(PerturbationGenerator.stagesFor(side), widths.size());
    return widths.subList(widths.size() - stages, widths.size());
  }

  private int resume(
      StateDict generator, StateDict optimizer, ImageBatches surrogate, RunContext context) {
    try (NDManager scope = context.manager().newSubManager()) {
      Checkpoint.Saved saved = context.checkpoint().load(scope).orElse(null);
      if (saved == null) {
        return 0;
      }
      String identity = identity(surrogate, context);
      if (!identity.equals(saved.values().get(IDENTITY))) {
        throw ZepadException.usage(
            "advencoder-per: the checkpoint was made with other settings, "
                + saved.values().get(IDENTITY)
                + ", than now, "
                + identity
                + ". Use the same settings, or delete the checkpoint to start anew.");
      }
      generator.load(withPrefix(GENERATOR, saved.tensors()));
      optimizer.load(withPrefix(OPTIMIZER, saved.tensors()));
      return Math.toIntExact(saved.step());
    }
  }

  private void save(
      int epochs,
      StateDict generator,
      StateDict optimizer,
      ImageBatches surrogate,
      RunContext context) {
    Map<String, NDArray> tensors = new HashMap<>();
    generator.tensors().forEach((name, array) -> tensors.put(GENERATOR + name, array));
    optimizer.tensors().forEach((name, array) -> tensors.put(OPTIMIZER + name, array));
    context.checkpoint().save(epochs, tensors, Map.of(IDENTITY, identity(surrogate, context)));
  }

  private String identity(ImageBatches surrogate, RunContext context) {
    return options.identity()
        + " on "
        + surrogate.size()
        + " images of side "
        + surrogate.imageSize()
        + " with seed "
        + context.seed();
  }

  private static Map<String, NDArray> withPrefix(String prefix, Map<String, NDArray> tensors) {
    Map<String, NDArray> found = new HashMap<>();
    tensors.forEach(
        (name, array) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), array);
          }
        });
    return found;
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
      if (batch.indices().length < options.batchSize()) {
        return;
      }
      GeneratorTraining.Losses losses = training.backward(batch.images(), clean.of(batch));
      if (!Float.isFinite(losses.total())) {
        throw ZepadException.input(
            "advencoder-per: the loss is not finite ("
                + losses
                + "). The victim's features of the surrogate images, or of their perturbed"
                + " versions, are not finite: check the encoder's weights and pre-processing.");
      }
      optimizer.step(options.learningRate());
      context.progress().update(++done, losses.toString());
    }
  }
}
