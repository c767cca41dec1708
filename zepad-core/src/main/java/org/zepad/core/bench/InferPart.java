package org.zepad.core.bench;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.core.evaluate.FusedModel;
import org.zepad.core.runtime.ZepadClassifier;

/**
 * How many images a second the whole defence classifies, from decoded pixels to fused logits,
 * confidences and detection score.
 */
record InferPart(Stopwatch watch, BenchModel model) {
  private static final List<Integer> BATCHES = List.of(1, 8, 64, 256);

  /** Small batches get more calls, for this many images in each repetition. */
  private static final int IMAGES = 64;

  private static final int MOST_CALLS = 100;

  /**
   * Through ONNX Runtime.
   *
   * @param part which of the exported models it is
   */
  List<InferenceRate> classifier(BenchPart part, ZepadClassifier classifier) {
    int side = model.config().resolution();
    return rates(part, (pixels, count) -> classifier.outputs("", pixels, count, side, side));
  }

  /** Through the training engine, as an evaluation does it. */
  List<InferenceRate> engine() {
    FusedModel fused = model.fused();
    int side = model.config().resolution();
    return rates(
        BenchPart.ENGINE,
        (pixels, count) -> {
          try (NDManager scope = model.context().manager().newSubManager()) {
            DefenceTarget.Output output =
                fused.forward(NoiseImages.tensor(scope, pixels, count, side));
            // Reading the values waits for the computation.
            output.fused().logits().toFloatArray();
            output.fused().confidences().toFloatArray();
            output.detection().toFloatArray();
          }
        });
  }

  private List<InferenceRate> rates(BenchPart part, Classifying classifying) {
    int repeats = model.config().repeats();
    List<InferenceRate> rates = new ArrayList<>();
    for (int batch : BATCHES) {
      byte[] pixels = model.images(batch).pixels();
      int calls = Math.max(repeats, Math.min(MOST_CALLS, IMAGES * repeats / batch));
      double[] seconds =
          watch.seconds(part + " at batch " + batch, calls, () -> classifying.run(pixels, batch));
      rates.add(InferenceRate.of(batch, seconds));
    }
    return rates;
  }

  /** Classifies images given as bytes, and waits for the results. */
  private interface Classifying {
    void run(byte[] pixels, int count);
  }
}
