package org.zepad.core.pretrain;

import java.util.Map;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.train.EpochHistory;

/**
 * A finished pre-training.
 *
 * @param encoder the encoder that was given, now trained, in place
 * @param history of each epoch {@link #LOSS} and {@link #LEARNING_RATE}, and of the epochs at which
 *     features were judged {@link #KNN} (unless there are no validation images), {@link
 *     #FEATURE_STD} and {@link #EFFECTIVE_RANK}
 * @param health of the final features
 * @param seconds spent training, over all continuations, monitor and checkpoints left out
 * @param imagesPerSecond how many images a second went through training
 * @param provenance facts for the encoder's own provenance: method, seed, epochs, batch size and
 *     the like
 */
public record PretrainResult(
    Encoder encoder,
    EpochHistory history,
    FeatureHealth health,
    double seconds,
    double imagesPerSecond,
    Map<String, String> provenance) {
  /** The mean loss of the epoch's steps. */
  public static final String LOSS = "loss";

  /** The learning rate of the epoch's last step. */
  public static final String LEARNING_RATE = "learning-rate";

  /** The share, 0..1, of validation images that k-NN over training images gets right. */
  public static final String KNN = "knn-accuracy";

  /** See {@link FeatureHealth#std}. */
  public static final String FEATURE_STD = "feature-std";

  /** See {@link FeatureHealth#effectiveRank}. */
  public static final String EFFECTIVE_RANK = "effective-rank";

  public PretrainResult {
    provenance = Map.copyOf(provenance);
  }
}
