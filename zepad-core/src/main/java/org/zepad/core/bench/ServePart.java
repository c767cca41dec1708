package org.zepad.core.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.core.onnx.ModelInfo;
import org.zepad.core.runtime.ZepadClassifier;
import org.zepad.core.serve.InferenceServer;
import org.zepad.core.serve.ServeOptions;

/**
 * The server with its usual limits, on this machine, under clients that each send one image after
 * the other. They compute on the same cores as the server does.
 */
record ServePart(BenchModel model, Progress progress) {
  private static final int OK = 200;
  private static final int BUSY = 429;

  /** What a look at memory and clock costs nothing of. */
  private static final long PAUSE_MILLIS = 20;

  /**
   * Measures.
   *
   * @throws ZepadException of kind ENVIRONMENT if not one request was answered with a result
   */
  ServeFigures measure(ZepadClassifier classifier) {
    warmUp(classifier);
    try (InferenceServer server =
        InferenceServer.start(classifier, ServeOptions.defaults(), "bench")) {
      return measure(server.address());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ZepadException.environment("the measuring of the server was interrupted", e);
    }
  }

  private void warmUp(ZepadClassifier classifier) {
    int side = model.config().resolution();
    int batch = ServeOptions.defaults().maxBatch();
    byte[] pixels = model.images(batch).pixels();
    for (int i = 0; i < Stopwatch.WARM_UP; i++) {
      classifier.outputs("", pixels, batch, side, side);
    }
  }

  private ServeFigures measure(URI server) throws InterruptedException {
    long started = System.nanoTime();
    long length = TimeUnit.SECONDS.toNanos(model.config().serveSeconds());
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request = request(server.resolve("v2/models/model/infer"));
    List<Client> clients = new ArrayList<>();
    for (int c = 0; c < model.config().clients(); c++) {
      Client client = new Client(http, request, started + length);
      client.start();
      clients.add(client);
    }
    OptionalDouble early = OptionalDouble.empty();
    progress.start(BenchPart.SERVE.toString(), model.config().serveSeconds());
    for (long gone = 0; gone < length; gone = System.nanoTime() - started) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      if (early.isEmpty() && gone >= length / 10) {
        early = ResidentMemory.bytes();
      }
      progress.update(TimeUnit.NANOSECONDS.toSeconds(gone), "");
    }
    OptionalDouble end = ResidentMemory.bytes();
    for (Client client : clients) {
      client.join();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    progress.update(model.config().serveSeconds(), "");
    return figures(clients, seconds, early, end, meanBatch(http, server));
  }

  private ServeFigures figures(
      List<Client> clients,
      double seconds,
      OptionalDouble early,
      OptionalDouble end,
      double meanBatch) {
    double[] millis =
        clients.stream().flatMap(c -> c.millis.stream()).mapToDouble(m -> m).toArray();
    long errors = clients.stream().mapToLong(c -> c.errors).sum();
    long refused = clients.stream().mapToLong(c -> c.refused).sum();
    if (millis.length == 0) {
      throw ZepadException.environment(
          "the server answered none of "
              + (errors + refused)
              + " requests with a result; give it more time with --serve-seconds",
          null);
    }
    return new ServeFigures(
        clients.size(),
        seconds,
        millis.length + errors + refused,
        errors,
        refused,
        millis.length / seconds,
        Spread.percentile(millis, 0.5),
        Spread.percentile(millis, 0.99),
        early,
        end,
        meanBatch);
  }

  private HttpRequest request(URI address) {
    int side = model.config().resolution();
    byte[] pixels = model.images(1).pixels();
    String head =
        "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[{\"name\":\""
            + ModelInfo.IMAGES
            + "\",\"datatype\":\"UINT8\",\"shape\":[1,3,"
            + side
            + ","
            + side
            + "],\"parameters\":{\"binary_data_size\":"
            + pixels.length
            + "}}]}";
    byte[] json = head.getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(address)
        .header("Inference-Header-Content-Length", Integer.toString(json.length))
        .timeout(Duration.ofMinutes(2))
        .POST(BodyPublishers.ofByteArrays(List.of(json, pixels)))
        .build();
  }

  /** As the server counted it. */
  private static double meanBatch(HttpClient http, URI server) throws InterruptedException {
    try {
      String metrics =
          http.send(
                  HttpRequest.newBuilder(server.resolve("metrics")).build(),
                  BodyHandlers.ofString())
              .body();
      return metric(metrics, "zepad_batch_size_sum") / metric(metrics, "zepad_batch_size_count");
    } catch (IOException e) {
      throw ZepadException.environment("the server does not answer: " + e.getMessage(), e);
    }
  }

  private static double metric(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the server does not count " + name));
  }

  /** Asks, waits for the answer, and asks again, until the time is over. */
  private static final class Client extends Thread {
    private final HttpClient http;
    private final HttpRequest request;
    private final long end;
    private final List<Double> millis = new ArrayList<>();
    private long errors;
    private long refused;

    Client(HttpClient http, HttpRequest request, long end) {
      super("zepad-bench-client");
      this.http = http;
      this.request = request;
      this.end = end;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
          ask(now);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void ask(long now) throws InterruptedException {
      try {
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() == OK) {
          millis.add((System.nanoTime() - now) / 1e6);
        } else if (answer.statusCode() == BUSY) {
          refused++;
        } else {
          errors++;
        }
      } catch (IOException e) {
        errors++;
      }
    }
  }
}
