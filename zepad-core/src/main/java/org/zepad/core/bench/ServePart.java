package org.zepad.core.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
  /** Often enough for a person to see progress, too seldom to cost anything. */
  private static final long PAUSE_MILLIS = 20;

  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Measures, after a second that warms up.
   *
   * @throws ZepadException of kind ENVIRONMENT if not one request was answered with a result
   */
  ServeFigures measure(ZepadClassifier classifier) {
    ServeOptions options = ServeOptions.defaults();
    try (InferenceServer server = InferenceServer.start(classifier, options, "bench")) {
      HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      URI address = server.address();
      HttpRequest request = request(address.resolve("v2/models/" + options.model() + "/infer"));
      clients(http, request, System.nanoTime() + WARM_UP_NANOS).await();
      return measure(http, request, address.resolve("metrics"));
    } catch (IOException e) {
      throw ZepadException.environment("the server does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ZepadException.environment("the measuring of the server was interrupted", e);
    }
  }

  private ServeFigures measure(HttpClient http, HttpRequest request, URI metrics)
      throws IOException, InterruptedException {
    int wanted = model.config().serveSeconds();
    long length = TimeUnit.SECONDS.toNanos(wanted);
    String before = text(http, metrics);
    progress.start(BenchPart.SERVE.toString(), wanted);
    long started = System.nanoTime();
    ServeClients clients = clients(http, request, started + length);
    OptionalDouble early = OptionalDouble.empty();
    for (long gone = 0; gone < length; gone = System.nanoTime() - started) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      if (early.isEmpty() && gone >= length / 10) {
        early = ResidentMemory.bytes();
      }
      progress.update(TimeUnit.NANOSECONDS.toSeconds(gone), "");
    }
    OptionalDouble late = ResidentMemory.bytes();
    clients.await();
    double seconds = (System.nanoTime() - started) / 1e9;
    progress.update(wanted, "");
    double meanBatch = meanBatch(before, text(http, metrics));
    return figures(clients, seconds, early, late, meanBatch);
  }

  private ServeClients clients(HttpClient http, HttpRequest request, long end) {
    return new ServeClients(model.config().clients(), http, request, end);
  }

  private ServeFigures figures(
      ServeClients clients,
      double seconds,
      OptionalDouble early,
      OptionalDouble late,
      double meanBatch) {
    double[] millis = clients.millis();
    long others = clients.errors() + clients.refused();
    if (millis.length == 0) {
      throw ZepadException.environment(
          "the server answered none of " + others + " requests with a result", null);
    }
    return new ServeFigures(
        model.config().clients(),
        seconds,
        millis.length + others,
        clients.errors(),
        clients.refused(),
        millis.length / seconds,
        Spread.percentile(millis, 0.5),
        Spread.percentile(millis, 0.99),
        early,
        late,
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

  private static String text(HttpClient http, URI metrics)
      throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
  }

  /** As the server counted it. */
  private static double meanBatch(String before, String after) {
    return counted("zepad_batch_size_sum", before, after)
        / counted("zepad_batch_size_count", before, after);
  }

  private static double counted(String name, String before, String after) {
    return metric(after, name) - metric(before, name);
  }

  private static double metric(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the server does not count " + name));
  }
}
