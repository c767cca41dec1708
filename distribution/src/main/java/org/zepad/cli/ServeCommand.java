package org.zepad.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.zepad.core.pipeline.ServeStep;
import org.zepad.core.pipeline.ServeStep.Service;
import org.zepad.core.serve.ServeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves a model over HTTP until a signal ends it. */
@Command(
    name = "serve",
    description =
        "Serve a model over HTTP: the Open Inference Protocol under /v2, picture files at /predict,"
            + " a page for people at /, Prometheus metrics at /metrics. A signal (Ctrl-C, SIGTERM)"
            + " ends it when what has come in is answered. There is no password and no TLS: put a"
            + " proxy before it where others can reach it.",
    sortOptions = false)
final class ServeCommand implements Runnable {
  private static final int MIB = 1 << 20;
  private static final int MEGA = 1_000_000;

  private final GlobalOptions options;

  @Parameters(
      paramLabel = "BUNDLE|FILE",
      description =
          "An adapted bundle, which is exported first where that was not done, or a file that"
              + " 'zepad export' wrote.")
  private Path model = Path.of("");

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Name or address to listen on; 0.0.0.0: all of this machine's (default: 127.0.0.1).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port to listen on; 0: any that is free (default: 8080).")
  private int port = 8080;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name in addresses (default: that of the bundle or file).")
  private @Nullable String name;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Serve this task alone (default: all).")
  private String task = "";

  @Mixin private RuntimeThreads threads = new RuntimeThreads();

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "Most images that are computed at once (default: 32).")
  private int maxBatch = 32;

  @Option(
      names = "--max-delay-ms",
      paramLabel = "MS",
      defaultValue = "5",
      description = "How long an image waits for others to be computed with it (default: 5).")
  private int maxDelay = 5;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "256",
      description = "Most images that wait; beyond it the answer is status 429 (default: 256).")
  private int queue = 256;

  @Option(
      names = "--max-body-mib",
      paramLabel = "MIB",
      defaultValue = "16",
      description = "Largest body of a request (default: 16).")
  private int maxBody = 16;

  @Option(
      names = "--max-megapixels",
      paramLabel = "N",
      defaultValue = "50",
      description = "Largest picture (default: 50).")
  private int maxMegapixels = 50;

  @Option(
      names = "--drain-seconds",
      paramLabel = "S",
      defaultValue = "30",
      description = "Longest time to answer what has come in, at the end (default: 30).")
  private int drain = 30;

  ServeCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    Service service =
        new ServeStep(options::registry, () -> options.settings(seed()), options.progress())
            .start(model, serveOptions(), options.runtime(threads.count()), Version.number());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(service), "zepad-end"));
    tell(service);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      service.close();
    }
  }

  /** To end on a signal is what a server is for: no error, and nothing is left to be torn down. */
  private void end(Service service) {
    if (!options.json()) {
      options.err().println("Ending: answering what has come in.");
    }
    service.close();
    options.out().flush();
    options.err().flush();
    Runtime.getRuntime().halt(0);
  }

  private void tell(Service service) {
    URI address = service.server().address();
    String served = served();
    if (options.json()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("address", address.toString());
      map.put("model", served);
      map.put("device", service.classifier().device().name());
      options.out().println(Json.line(map));
    } else {
      options.out().println("Serving " + served + " at " + address);
      options.out().println("ONNX Runtime on " + service.classifier().device());
    }
    options.out().flush();
    if (!service.server().isLocal()) {
      options.err().println("warning: whoever can reach this machine can use the server.");
    }
  }

  private ServeOptions serveOptions() {
    Ranges.check("--port", port, 0, 65_535);
    Ranges.check("--max-batch", maxBatch, 1, 1024);
    Ranges.check("--max-delay-ms", maxDelay, 0, 10_000);
    Ranges.check("--queue", queue, maxBatch, 4096);
    Ranges.check("--max-body-mib", maxBody, 1, 1023);
    Ranges.check("--max-megapixels", maxMegapixels, 1, 100);
    Ranges.check("--drain-seconds", drain, 0, 3600);
    ServeOptions usual = ServeOptions.defaults();
    return usual
        .at(host, port)
        .of(served(), task)
        .batching(maxBatch, Duration.ofMillis(maxDelay), queue)
        .limits(maxBody * MIB, (long) maxMegapixels * MEGA)
        .times(usual.patience(), Duration.ofSeconds(drain));
  }

  private String served() {
    return name != null ? name : ModelName.of(model);
  }

  private long seed() {
    Long seed = options.seed();
    return seed == null ? 1 : seed;
  }
}
