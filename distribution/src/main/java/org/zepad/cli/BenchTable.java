package org.zepad.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.zepad.core.bench.BenchConfig;
import org.zepad.core.bench.BenchResult;
import org.zepad.core.bench.InferenceRate;
import org.zepad.core.bench.Machine;
import org.zepad.core.bench.PeakShare;
import org.zepad.core.bench.ServeFigures;
import org.zepad.core.bench.Spread;

/** What was measured, for a person. */
final class BenchTable {
  private static final double GIB = 1L << 30;
  private static final double MIB = 1 << 20;

  private final Table table = new Table();

  private BenchTable() {}

  static void print(BenchResult result, PrintWriter out) {
    Machine machine = result.machine();
    out.printf(
        Locale.ROOT,
        "%s, %d cores, %s, %.0f GiB; threads: training %d, inference %d%n",
        machine.cpu().model(),
        machine.cpu().cores(),
        machine.cpu().simd(),
        machine.memoryBytes() / GIB,
        machine.trainingThreads(),
        machine.inferenceThreads());
    BenchConfig config = result.config();
    out.printf(
        "three branches, ResNet-18 of width %d at %dx%d; medians of %d repeats%n%n",
        config.width(), config.resolution(), config.resolution(), config.repeats());
    BenchTable rows = new BenchTable();
    rows.add(result);
    out.print(rows.table);
    result.peakShare().ifPresent(share -> tell(share, result, out));
  }

  private void add(BenchResult result) {
    table.row(List.of("", "median", "least", "greatest", "unit", ""));
    result.matmul().forEach((engine, speed) -> row("matrix product, " + engine, speed, "GFLOP/s"));
    result.inference().forEach((part, rates) -> rates.forEach(rate -> rate(part.toString(), rate)));
    int batch = result.config().batch();
    result
        .aftStep()
        .ifPresent(
            steps -> {
              row("fine-tuning step of an encoder, batch " + batch, steps.whole(), "s");
              row("of it, the attack", steps.attack(), "s");
              row("of it, loss and gradients", steps.gradients(), "s");
              row("of it, the update", steps.update(), "s");
            });
    result
        .adapt()
        .ifPresent(
            adapt -> row("adapt to " + result.config().adaptImages() + " images", adapt, "s"));
    result
        .uapStep()
        .ifPresent(
            steps -> {
              row("step of advencoder-per, batch " + batch, steps.first(), "s");
              row("the same after the first epoch", steps.later(), "s");
            });
    result.serve().ifPresent(this::serve);
  }

  private void rate(String part, InferenceRate rate) {
    row(
        part + ", batch " + rate.batch(),
        rate.imagesPerSecond(),
        "images/s",
        String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms", rate.p50Millis(), rate.p99Millis()));
  }

  private void serve(ServeFigures figures) {
    Spread once =
        new Spread(
            figures.requestsPerSecond(), figures.requestsPerSecond(), figures.requestsPerSecond());
    String memory =
        figures.residentEnd().isPresent()
            ? String.format(
                Locale.ROOT,
                ", %.0f then %.0f MiB",
                figures.residentEarly().orElse(0) / MIB,
                figures.residentEnd().getAsDouble() / MIB)
            : "";
    row(
        "server, " + figures.clients() + " clients",
        once,
        "requests/s",
        String.format(
            Locale.ROOT,
            "p50 %.1f ms, p99 %.1f ms, %d errors, %d refused, mean batch %.1f%s",
            figures.p50Millis(),
            figures.p99Millis(),
            figures.errors(),
            figures.refused(),
            figures.meanBatch(),
            memory));
  }

  private void row(String what, Spread spread, String unit) {
    row(what, spread, unit, "");
  }

  private void row(String what, Spread spread, String unit, String note) {
    table.row(
        List.of(
            what, number(spread.median()), number(spread.min()), number(spread.max()), unit, note));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }

  private static void tell(PeakShare share, BenchResult result, PrintWriter out) {
    List<String> parts = new ArrayList<>();
    share
        .ofMatmul()
        .ifPresent(part -> parts.add(percent(part) + " of what a matrix product gives"));
    share
        .ofPeak()
        .ifPresent(
            part ->
                parts.add(
                    String.format(
                        Locale.ROOT,
                        "%s of the peak of %.0f GFLOP/s",
                        percent(part),
                        result.peak().orElseThrow().gigaflops())));
    if (!parts.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%nan image takes %.3f GFLOP; inference at batch %d makes use of %s%n",
          result.flopsPerImage().orElse(0) / 1e9,
          share.batch(),
          String.join(", ", parts));
    }
    result.peak().ifPresent(peak -> out.println("peak: " + peak.derivation()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }
}
