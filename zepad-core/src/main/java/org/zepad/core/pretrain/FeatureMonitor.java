package org.zepad.core.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.data.CachedImages;
import org.zepad.core.data.Fit;
import org.zepad.core.data.Split;
import org.zepad.core.data.TensorBatches;
import org.zepad.core.engine.Seeds;
import org.zepad.core.metrics.WeightedKnn;

/**
 * Judges an encoder's features during training: k-NN from some training images to validation
 * images, and their {@linkplain FeatureHealth health}. Evaluation mode, no gradients, nothing
 * random, so looking does not change what is looked at.
 */
final class FeatureMonitor {
  private static final int BATCH = 256;

  private final Encoder encoder;
  private final RunContext context;
  private final int classes;
  private final TensorBatches bank;
  private final TensorBatches validation;

  FeatureMonitor(Encoder encoder, PretrainData data, int bankSize, RunContext context) {
    this.encoder = encoder;
    this.context = context;
    this.classes = data.classes();
    int[] drawn =
        Split.subset(
            data.images(), data.training(), bankSize, Seeds.derive(context.seed(), "knn-bank"));
    this.bank = batches(data, drawn);
    this.validation = batches(data, data.validation());
  }

  private TensorBatches batches(PretrainData data, int[] indices) {
    int size = encoder.info().preprocessing().size();
    long cache = CachedImages.defaultBound() / 4;
    return new TensorBatches(
        data.images(), indices, classes, size, context.manager(), Fit.STRETCH, cache);
  }

  /** The figures under the names of {@link PretrainResult}. */
  Judgement judge() {
    try (NDManager scope = context.manager().newSubManager()) {
      NDArray features = encode(bank, scope);
      if (!Float.isFinite(features.sum().getFloat())) {
        return new Judgement(new FeatureHealth(0, 0, encoder.featureDim()), Map.of(), false);
      }
      FeatureHealth health = FeatureHealth.of(features, context.ops());
      Map<String, Double> figures = new LinkedHashMap<>();
      if (validation.size() > 0) {
        try (WeightedKnn knn = new WeightedKnn(features, labels(bank), classes)) {
          figures.put(
              PretrainResult.KNN,
              knn.accuracy(encode(validation, scope), labels(validation)).value());
        }
      }
      figures.put(PretrainResult.FEATURE_STD, health.std());
      figures.put(PretrainResult.EFFECTIVE_RANK, health.effectiveRank());
      return new Judgement(health, figures, true);
    }
  }

  private NDArray encode(TensorBatches batches, NDManager scope) {
    NDList parts = new NDList();
    batches.forEach(
        BATCH,
        OptionalLong.empty(),
        batch -> {
          NDArray features = encoder.features(batch.images(), false);
          features.attach(scope);
          parts.add(features);
        });
    return NDArrays.concat(parts);
  }

  private static long[] labels(TensorBatches batches) {
    long[] labels = new long[batches.size()];
    Arrays.setAll(labels, batches::label);
    return labels;
  }

  /**
   * What was seen.
   *
   * @param finite false if some feature is NaN or infinite; then nothing else was measured
   */
  record Judgement(FeatureHealth health, Map<String, Double> figures, boolean finite) {}
}
