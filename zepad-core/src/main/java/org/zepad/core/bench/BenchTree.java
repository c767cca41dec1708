package org.zepad.core.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A result as maps, lists and scalars for JSON; what was not measured is not in it. */
public final class BenchTree {
  private static final double MIB = 1 << 20;

  private BenchTree() {}

  /** The whole result. */
  public static Map<String, Object> of(BenchResult result) {
    BenchConfig config = result.config();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("machine", machine(result));
    tree.put("seed", result.seed());
    tree.put("width", config.width());
    tree.put("resolution", config.resolution());
    tree.put("batch", config.batch());
    tree.put("repeats", config.repeats());
    result
        .aftStep()
        .ifPresent(
            steps -> {
              tree.put("aft_step_s", spread(steps.whole()));
              tree.put("aft_step_parts_s", parts(steps));
            });
    result
        .adapt()
        .ifPresent(
            adapt -> {
              tree.put("adapt_20_epochs_s", spread(adapt));
              tree.put("adapt_images", config.adaptImages());
            });
    result
        .uapStep()
        .ifPresent(
            steps -> {
              tree.put("uap_step_s", spread(steps.first()));
              tree.put("uap_later_step_s", spread(steps.later()));
            });
    result.inference().forEach((part, rates) -> tree.put(key(part), rates(rates)));
    result.bestMatmul().ifPresent(best -> tree.put("matmul_gflops", matmul(best, result)));
    result
        .peak()
        .ifPresent(
            peak -> {
              tree.put("peak_gflops", peak.gigaflops());
              tree.put("peak_derivation", peak.derivation());
            });
    result.flopsPerImage().ifPresent(flops -> tree.put("flops_per_image", flops));
    result.peakShare().ifPresent(share -> tree.put("infer_peak_share", share(share)));
    result.serve().ifPresent(figures -> tree.put("serve", serve(figures)));
    return tree;
  }

  private static Map<String, Object> parts(AftSteps steps) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("attack", spread(steps.attack()));
    tree.put("gradients", spread(steps.gradients()));
    tree.put("update", spread(steps.update()));
    return tree;
  }

  private static Map<String, Object> machine(BenchResult result) {
    Machine machine = result.machine();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("cpu", machine.cpu().model());
    tree.put("cores", machine.cpu().cores());
    tree.put("processors", machine.processors());
    tree.put(
        "threads",
        Map.of("training", machine.trainingThreads(), "inference", machine.inferenceThreads()));
    tree.put("clock_ghz", machine.cpu().gigahertz());
    tree.put("simd", machine.cpu().simd().toString());
    tree.put("memory_mib", Math.round(machine.memoryBytes() / MIB));
    result.device().ifPresent(device -> tree.put("inference_device", device));
    tree.put("versions", machine.versions());
    return tree;
  }

  /** Such as {@code infer_engine_images_per_s}. */
  private static String key(BenchPart part) {
    String name = part.toString().replace("infer-", "").replace('-', '_');
    return (part == BenchPart.INFER ? name : "infer_" + name) + "_images_per_s";
  }

  private static Map<String, Object> rates(List<InferenceRate> rates) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (InferenceRate rate : rates) {
      Map<String, Object> row = spread(rate.imagesPerSecond());
      row.put("calls", rate.calls());
      row.put("p50_ms", rate.p50Millis());
      row.put("p99_ms", rate.p99Millis());
      tree.put(Integer.toString(rate.batch()), row);
    }
    return tree;
  }

  private static Map<String, Object> matmul(Spread best, BenchResult result) {
    Map<String, Object> tree = spread(best);
    Map<String, Object> engines = new LinkedHashMap<>();
    result.matmul().forEach((engine, speed) -> engines.put(engine, spread(speed)));
    tree.put("by_engine", engines);
    return tree;
  }

  private static Map<String, Object> share(PeakShare share) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("batch", share.batch());
    put(tree, "of_peak", share.ofPeak());
    put(tree, "of_matmul", share.ofMatmul());
    return tree;
  }

  private static Map<String, Object> serve(ServeFigures figures) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("clients", figures.clients());
    tree.put("seconds", figures.seconds());
    tree.put("requests", figures.requests());
    tree.put("errors", figures.errors());
    tree.put("status_429", figures.refused());
    tree.put("requests_per_s", figures.requestsPerSecond());
    tree.put("p50_ms", figures.p50Millis());
    tree.put("p99_ms", figures.p99Millis());
    put(tree, "resident_mib_at_a_tenth", mebibytes(figures.residentEarly()));
    put(tree, "resident_mib_at_the_end", mebibytes(figures.residentEnd()));
    tree.put("mean_batch", figures.meanBatch());
    return tree;
  }

  private static OptionalDouble mebibytes(OptionalDouble bytes) {
    return bytes.isPresent() ? OptionalDouble.of(bytes.getAsDouble() / MIB) : bytes;
  }

  private static void put(Map<String, Object> tree, String key, OptionalDouble value) {
    value.ifPresent(number -> tree.put(key, number));
  }

  private static Map<String, Object> spread(Spread spread) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("median", spread.median());
    tree.put("min", spread.min());
    tree.put("max", spread.max());
    return tree;
  }
}
