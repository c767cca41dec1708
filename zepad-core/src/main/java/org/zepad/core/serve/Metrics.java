package org.zepad.core.serve;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the server counts, in the text format of Prometheus. Thread-safe. */
final class Metrics implements BatchQueue.Listener {
  static final String TYPE = "text/plain; version=0.0.4";
  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<String, Histogram> durations = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> images = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> flagged = new ConcurrentHashMap<>();
  private final Histogram batches = new Histogram(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024);
  private final Histogram computing = new Histogram(SECONDS);
  private final Histogram waiting = new Histogram(SECONDS);
  private final String info;

  /**
   * Nothing counted yet.
   *
   * @param model its name
   * @param device where it runs
   */
  Metrics(String model, String device) {
    info = label("model", model) + "," + label("device", device);
  }

  /**
   * A request was answered.
   *
   * @param route which kind of request; one of few
   * @param seconds from its first byte to its last
   */
  void answered(String route, int status, double seconds) {
    String labels = label("route", route);
    count(requests, labels + "," + label("status", String.valueOf(status)), 1);
    durations.computeIfAbsent(labels, l -> new Histogram(SECONDS)).add(seconds);
  }

  /** An image was classified. */
  void classified(String task, boolean isFlagged) {
    String labels = label("task", task);
    count(images, labels, 1);
    count(flagged, labels, isFlagged ? 1 : 0);
  }

  @Override
  public void waited(double seconds) {
    waiting.add(seconds);
  }

  @Override
  public void ran(int items, double seconds) {
    batches.add(items);
    computing.add(seconds);
  }

  /**
   * All of it.
   *
   * @param queued images that wait now
   * @param capacity most that may wait
   */
  String text(int queued, int capacity) {
    StringBuilder out = new StringBuilder();
    head(out, "zepad_info", "gauge", "What is served, and where it runs.");
    out.append("zepad_info{").append(info).append("} 1\n");
    counters(out, "zepad_requests_total", "Requests that were answered.", requests);
    head(out, "zepad_request_duration_seconds", "histogram", "From a request to its answer.");
    new TreeMap<>(durations)
        .forEach((labels, h) -> h.write(out, "zepad_request_duration_seconds", labels));
    counters(out, "zepad_images_total", "Images that were classified.", images);
    counters(
        out,
        "zepad_images_flagged_total",
        "Images that were flagged as downstream-agnostic adversarial examples.",
        flagged);
    histogram(out, "zepad_batch_size", "Images that were computed at once.", batches);
    histogram(out, "zepad_batch_duration_seconds", "Time to compute a batch.", computing);
    histogram(out, "zepad_queue_wait_seconds", "Time that an image waited.", waiting);
    gauge(out, "zepad_queue_images", "Images that wait.", queued);
    gauge(out, "zepad_queue_capacity_images", "Most images that may wait.", capacity);
    Runtime runtime = Runtime.getRuntime();
    gauge(
        out,
        "zepad_heap_used_bytes",
        "Java heap in use.",
        runtime.totalMemory() - runtime.freeMemory());
    gauge(out, "zepad_heap_max_bytes", "Java heap at most.", runtime.maxMemory());
    return out.toString();
  }

  private static void count(Map<String, LongAdder> counters, String labels, long by) {
    counters.computeIfAbsent(labels, l -> new LongAdder()).add(by);
  }

  private static void counters(
      StringBuilder out, String name, String help, Map<String, LongAdder> counters) {
    head(out, name, "counter", help);
    new TreeMap<>(counters)
        .forEach(
            (labels, count) ->
                out.append(name)
                    .append('{')
                    .append(labels)
                    .append("} ")
                    .append(count.sum())
                    .append('\n'));
  }

  private static void histogram(StringBuilder out, String name, String help, Histogram histogram) {
    head(out, name, "histogram", help);
    histogram.write(out, name, "");
  }

  private static void gauge(StringBuilder out, String name, String help, long value) {
    head(out, name, "gauge", help);
    out.append(name).append(' ').append(value).append('\n');
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static String label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + "\"";
  }
}
