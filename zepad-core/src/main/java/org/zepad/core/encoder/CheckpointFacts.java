package org.zepad.core.encoder;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zepad.api.encoder.Preprocessing;

/** Reads the hyper-parameters that solo-learn and others leave in their checkpoints. */
final class CheckpointFacts {
  private static final List<Double> IMAGENET_MEAN = Preprocessing.imagenet(1).mean();
  private static final List<Double> IMAGENET_STD = Preprocessing.imagenet(1).std();

  /** Methods whose names solo-learn writes in one word. */
  private static final Map<String, String> NAMES =
      Map.of(
          "barlow", "barlow-twins",
          "deepclusterv2", "deepcluster-v2",
          "mocov2plus", "moco-v2-plus",
          "mocov3", "moco-v3");

  private CheckpointFacts() {}

  /** The SSL method in kebab case. */
  static Optional<String> method(Map<String, Object> facts) {
    return text(facts, "method")
        .map(m -> m.toLowerCase(Locale.ROOT).replace('_', '-'))
        .map(m -> NAMES.getOrDefault(m, m));
  }

  /**
   * The statistics of the data set that the file names, as solo-learn normalises with them, and the
   * size of its crops where it is said.
   */
  static @Nullable Preprocessing preprocessing(Map<String, Object> facts) {
    String dataset = text(facts, "dataset").orElse("").toLowerCase(Locale.ROOT).replace("-", "");
    Preprocessing known =
        switch (dataset) {
          case "cifar10" -> Preprocessing.cifar(32);
          case "cifar100" ->
              new Preprocessing(
                  32, List.of(0.5071, 0.4865, 0.4409), List.of(0.2673, 0.2564, 0.2762));
          case "stl10" ->
              new Preprocessing(96, List.of(0.4914, 0.4823, 0.4466), List.of(0.247, 0.243, 0.261));
          case "imagenet", "imagenet100", "imagenet1k" ->
              new Preprocessing(224, IMAGENET_MEAN, IMAGENET_STD);
          default -> null;
        };
    if (known == null) {
      return null;
    }
    int size = cropSize(facts).orElse(known.size());
    return new Preprocessing(size, known.mean(), known.std());
  }

  private static Optional<Integer> cropSize(Map<String, Object> facts) {
    return find(facts, "crop_size")
        .or(() -> find(facts, "crop_size.0"))
        .filter(v -> v instanceof Long size && size >= 1 && size <= 4096)
        .map(v -> ((Long) v).intValue());
  }

  private static Optional<String> text(Map<String, Object> facts, String key) {
    return find(facts, key).filter(String.class::isInstance).map(String.class::cast);
  }

  /** The value of a key at the end of a path, the shortest path first. */
  private static Optional<Object> find(Map<String, Object> facts, String key) {
    return facts.entrySet().stream()
        .filter(e -> e.getKey().equals(key) || e.getKey().endsWith("." + key))
        .min((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(Map.Entry::getValue);
  }
}
