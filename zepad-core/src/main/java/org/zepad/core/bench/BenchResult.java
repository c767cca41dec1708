package org.zepad.core.bench;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was measured; of a part that was not asked for, nothing.
 *
 * @param config what was to be measured
 * @param seed of weights and images
 * @param machine what it ran on
 * @param device where ONNX Runtime computed; empty if it was not used
 * @param peak what the processor should give; empty where that cannot be told
 * @param matmul GFLOP/s of a matrix product, by engine
 * @param flopsPerImage what the exported defence computes for an image
 * @param inference rates by part, through either engine, in rising order of the batch
 * @param aftStep seconds of a step of adversarial fine-tuning of one encoder
 * @param adapt seconds of adapting to a task
 * @param uapStep seconds of a step of the generator
 * @param serve what clients of the server saw
 */
public record BenchResult(
    BenchConfig config,
    long seed,
    Machine machine,
    Optional<String> device,
    Optional<Peak> peak,
    Map<String, Spread> matmul,
    OptionalLong flopsPerImage,
    Map<BenchPart, List<InferenceRate>> inference,
    Optional<AftSteps> aftStep,
    Optional<Spread> adapt,
    Optional<UapSteps> uapStep,
    Optional<ServeFigures> serve) {
  private static final String CPU = "CPU";

  public BenchResult {
    matmul = Collections.unmodifiableMap(new LinkedHashMap<>(matmul));
    Map<BenchPart, List<InferenceRate>> rates = new EnumMap<>(BenchPart.class);
    inference.forEach((part, list) -> rates.put(part, List.copyOf(list)));
    inference = Collections.unmodifiableMap(rates);
  }

  /** The matrix product of the fastest engine, in GFLOP/s. */
  public Optional<Spread> bestMatmul() {
    return matmul.values().stream().max(Comparator.comparing(Spread::median));
  }

  /** What inference makes use of; empty if it was not measured, or not on the processor. */
  public Optional<PeakShare> peakShare() {
    if (flopsPerImage.isEmpty() || !device.equals(Optional.of(CPU))) {
      return Optional.empty();
    }
    return inference.getOrDefault(BenchPart.INFER, List.of()).stream()
        .max(Comparator.comparing(rate -> rate.imagesPerSecond().median()))
        .map(rate -> share(rate, flopsPerImage.getAsLong()));
  }

  private PeakShare share(InferenceRate rate, long flops) {
    double gigaflops = rate.imagesPerSecond().median() * flops / 1e9;
    return new PeakShare(
        rate.batch(),
        peak.map(p -> OptionalDouble.of(gigaflops / p.gigaflops()))
            .orElseGet(OptionalDouble::empty),
        bestMatmul()
            .map(best -> OptionalDouble.of(gigaflops / best.median()))
            .orElseGet(OptionalDouble::empty));
  }
}
