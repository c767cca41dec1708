package org.zepad.core.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.SslMethod;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.train.EpochHistory;

/**
 * Pre-trains an encoder with a self-supervised method.
 *
 * <p>After each epoch everything that training changes is saved through {@link
 * RunContext#checkpoint()}. Called again with the same arguments after a kill, training continues
 * behind the last whole epoch and ends with the very numbers of an uninterrupted run; what is lost
 * is at most one epoch, so that a checkpoint never has to hold a half-read data set. Called again
 * when all is done, it loads the result and returns at once.
 */
public final class Pretrainer {
  private static final String ENCODER = "encoder.";
  private static final String METHOD = "method.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String IDENTITY = "training";
  private static final String EPOCHS = "epochs";
  private static final String SECONDS = "seconds";
  private static final List<String> FIGURES =
      List.of(
          PretrainResult.LOSS,
          PretrainResult.LEARNING_RATE,
          PretrainResult.KNN,
          PretrainResult.FEATURE_STD,
          PretrainResult.EFFECTIVE_RANK);

  /**
   * Trains.
   *
   * @param encoder its weights are the start; they are changed in place
   * @param provider the method
   * @param methodOptions the method's options
   * @param data training and validation images
   * @param options length, batch size and the like
   * @param context seed, scope, progress; its checkpoint belongs to this training alone
   * @return figures, and the encoder
   * @throws ZepadException of kind USAGE if the loss or the weights stop being finite numbers (the
   *     checkpoint of the last good epoch stays), if there are too few images for a batch, or if
   *     the checkpoint is that of another training
   */
  public <O extends Record> PretrainResult train(
      Encoder encoder,
      SslMethodProvider<O> provider,
      O methodOptions,
      PretrainData data,
      PretrainOptions options,
      RunContext context) {
    Recipe recipe =
        provider.recipe(methodOptions, options.benchmark(encoder.info().preprocessing().size()));
    PretrainPlan plan =
        PretrainPlan.of(
            recipe, options, data, encoder, provider.name(), methodOptions, context.seed());
    try (NDManager loaded = context.manager().newSubManager()) {
      Optional<Checkpoint.Saved> saved = context.checkpoint().load(loaded);
      saved.ifPresent(s -> refuseOther(plan, s));
      if (saved.isPresent() && saved.get().step() == plan.totalSteps()) {
        encoder.state().load(part(saved.get().tensors(), ENCODER));
        return result(encoder, provider.name(), plan, progress(plan, saved.get()), context.seed());
      }
      try (RunContext inner = context.child("method");
          SslMethod method = provider.create(methodOptions, encoder, plan.schedule(), inner);
          StateDict network = join(encoder, method, loaded);
          Optimizer optimizer = context.optimizer(plan.optimizer(), network)) {
        EpochLoop.Done done = new EpochLoop.Done(EpochHistory.empty(), 0);
        if (saved.isPresent()) {
          network.load(without(saved.get().tensors(), OPTIMIZER));
          optimizer.state().load(part(saved.get().tensors(), OPTIMIZER));
          done = progress(plan, saved.get());
          saved.get().tensors().values().forEach(NDArray::close);
        }
        EpochLoop loop =
            new EpochLoop(
                plan, encoder, method, network, optimizer, data, options, context, provider.name());
        network.requireGradients(true);
        try {
          done =
              loop.run(
                  done,
                  now ->
                      context
                          .checkpoint()
                          .save(
                              (long) now.history().epochs().size() * plan.stepsPerEpoch(),
                              tensors(network, optimizer),
                              values(plan, now)));
        } finally {
          network.requireGradients(false);
        }
        return result(encoder, provider.name(), plan, done, context.seed());
      }
    }
  }

  private static StateDict join(Encoder encoder, SslMethod method, NDManager scope) {
    StateDict network = new StateDict(scope);
    network.include(ENCODER, encoder.state());
    network.include(METHOD, method.state());
    return network;
  }

  private static Map<String, NDArray> tensors(StateDict network, Optimizer optimizer) {
    Map<String, NDArray> all = new LinkedHashMap<>(network.tensors());
    optimizer.state().tensors().forEach((name, tensor) -> all.put(OPTIMIZER + name, tensor));
    return all;
  }

  private static Map<String, String> values(PretrainPlan plan, EpochLoop.Done done) {
    Map<String, String> values = new LinkedHashMap<>(done.history().toValues());
    values.put(IDENTITY, plan.identity());
    values.put(EPOCHS, Integer.toString(done.history().epochs().size()));
    values.put(SECONDS, Double.toString(done.seconds()));
    return values;
  }

  private static EpochLoop.Done progress(PretrainPlan plan, Checkpoint.Saved saved) {
    int epochs = Math.toIntExact(saved.step() / plan.stepsPerEpoch());
    double seconds = Double.parseDouble(saved.values().getOrDefault(SECONDS, "0"));
    return new EpochLoop.Done(EpochHistory.fromValues(saved.values(), epochs, FIGURES), seconds);
  }

  private static void refuseOther(PretrainPlan plan, Checkpoint.Saved saved) {
    String before = saved.values().getOrDefault(IDENTITY, "something that is no pre-training");
    if (!before.equals(plan.identity())) {
      throw ZepadException.usage(
          "the checkpoint belongs to another training. It was: "
              + before
              + ". Now it would be: "
              + plan.identity()
              + ". Restore the settings to continue it, or choose another run folder to start"
              + " afresh.");
    }
  }

  private static PretrainResult result(
      Encoder encoder, String method, PretrainPlan plan, EpochLoop.Done done, long seed) {
    EpochHistory history = done.history();
    FeatureHealth health =
        new FeatureHealth(
            history.last(PretrainResult.FEATURE_STD).orElseThrow(),
            history.last(PretrainResult.EFFECTIVE_RANK).orElseThrow(),
            encoder.featureDim());
    double images = (double) plan.totalSteps() * plan.batchSize();
    Map<String, String> provenance = new HashMap<>();
    provenance.put("pretraining", plan.identity());
    provenance.put("method", method);
    provenance.put("epochs", Integer.toString(plan.epochs()));
    provenance.put("batch-size", Integer.toString(plan.batchSize()));
    provenance.put("learning-rate", Double.toString(plan.peakLearningRate()));
    provenance.put("seed", Long.toString(seed));
    history
        .last(PretrainResult.KNN)
        .ifPresent(
            accuracy ->
                provenance.put(
                    "knn-accuracy-validation", String.format(Locale.ROOT, "%.4f", accuracy)));
    return new PretrainResult(
        encoder, history, health, done.seconds(), images / done.seconds(), provenance);
  }

  private static Map<String, NDArray> part(Map<String, NDArray> tensors, String prefix) {
    Map<String, NDArray> found = new HashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), tensor);
          }
        });
    return found;
  }

  private static Map<String, NDArray> without(Map<String, NDArray> tensors, String prefix) {
    Map<String, NDArray> rest = new HashMap<>(tensors);
    rest.keySet().removeIf(name -> name.startsWith(prefix));
    return rest;
  }
}
