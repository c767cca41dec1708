package org.zepad.cli;

import java.util.EnumSet;
import java.util.Set;
import org.zepad.core.bench.BenchConfig;
import org.zepad.core.bench.BenchPart;
import org.zepad.core.bench.BenchResult;
import org.zepad.core.bench.BenchStep;
import org.zepad.core.bench.BenchTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures this machine. */
@Command(
    name = "bench",
    description =
        "Measure how fast this machine is: inference, training, attacks, the server. It takes a"
            + " defence of three ResNet-18 with random weights, and writes nothing that stays.",
    sortOptions = false)
final class BenchCommand implements Runnable {
  private final GlobalOptions options;

  @Option(
      names = "--parts",
      paramLabel = "PART",
      split = ",",
      description = "What to measure: ${COMPLETION-CANDIDATES} (default: all but serve).")
  private Set<BenchPart> parts = EnumSet.noneOf(BenchPart.class);

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "64",
      description = "Channels of the first layer of the ResNet-18 (default: 64).")
  private int width = 64;

  @Option(
      names = "--resolution",
      paramLabel = "N",
      defaultValue = "32",
      description = "Side of the images in pixels (default: 32).")
  private int resolution = 32;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Images of a training step (default: 64).")
  private int batch = 64;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often each piece of work is timed, warmed up before (default: 5).")
  private int repeats = 5;

  @Option(
      names = "--adapt-images",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Training images of the task that is adapted to (default: 1000).")
  private int adaptImages = 1000;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads of either engine (default: as many as it takes by itself).")
  private int threads;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "64",
      description = "Clients that ask the server at the same time (default: 64).")
  private int clients = 64;

  @Option(
      names = "--serve-seconds",
      paramLabel = "S",
      defaultValue = "20",
      description = "How long they ask it (default: 20).")
  private int serveSeconds = 20;

  BenchCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    Ranges.check("--width", width, 1, 1024);
    Ranges.check("--resolution", resolution, 8, 1024);
    Ranges.check("--batch", batch, 2, 4096);
    Ranges.check("--repeats", repeats, 1, 1000);
    Ranges.check("--adapt-images", adaptImages, 1, 1_000_000);
    Ranges.check("--threads", threads, 0, 4096);
    Ranges.check("--clients", clients, 1, 4096);
    Ranges.check("--serve-seconds", serveSeconds, 1, 86_400);
    BenchConfig config =
        new BenchConfig(
            parts.isEmpty() ? BenchPart.usual() : parts,
            width,
            resolution,
            batch,
            repeats,
            adaptImages,
            threads,
            clients,
            serveSeconds);
    Long seed = options.seed();
    BenchResult result =
        new BenchStep(
                options.registry(),
                options.settings(seed == null ? 1 : seed),
                options.runtime(threads))
            .run(config);
    if (options.json()) {
      options.out().println(Json.text(BenchTree.of(result)));
    } else {
      BenchTable.print(result, options.out());
    }
  }
}
