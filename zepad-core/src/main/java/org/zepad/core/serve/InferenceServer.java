package org.zepad.core.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.zepad.api.ZepadException;
import org.zepad.core.runtime.ZepadClassifier;

/**
 * Serves a model over HTTP.
 *
 * <pre>{@code
 * try (ZepadClassifier classifier = ZepadClassifier.load(Path.of("model.onnx"));
 *     InferenceServer server = InferenceServer.start(classifier, ServeOptions.defaults(), "1")) {
 *   System.out.println(server.address());
 * }
 * }</pre>
 *
 * <p>Thread-safe; {@link #close} answers what has come in, within a bound, and refuses the rest.
 */
public final class InferenceServer implements AutoCloseable {
  /** Threads for requests that wait for no image: health, metrics, refusals, slow clients. */
  private static final int SPARE_THREADS = 64;

  private static final int BACKLOG = 1024;
  private static final int IDLE_SECONDS = 30;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Inference inference;
  private final InFlight inFlight;
  private final ServeOptions options;
  private final AtomicBoolean closed = new AtomicBoolean();

  private InferenceServer(
      HttpServer server,
      ThreadPoolExecutor threads,
      Inference inference,
      InFlight inFlight,
      ServeOptions options) {
    this.server = server;
    this.threads = threads;
    this.inference = inference;
    this.inFlight = inFlight;
    this.options = options;
  }

  /**
   * Starts to listen.
   *
   * @param classifier the model; stays the caller's, and open until the server is closed
   * @param version of this program, for clients that ask
   * @throws ZepadException of kind USAGE if the model has no such task; of kind ENVIRONMENT if it
   *     cannot listen there
   */
  public static InferenceServer start(
      ZepadClassifier classifier, ServeOptions options, String version) {
    JdkServerSettings.apply();
    InetAddress address = address(options.host());
    HttpServer server = listen(address, options.port());
    String device = classifier.device().name();
    Metrics metrics = new Metrics(options.model(), device);
    InFlight inFlight = new InFlight();
    Inference inference;
    try {
      inference = new Inference(classifier, options, metrics);
    } catch (ZepadException e) {
      server.stop(0);
      throw e;
    }
    List<Route> routes = new ArrayList<>();
    routes.addAll(new Page(inference, options.model(), device).routes());
    routes.addAll(new V2Protocol(inference, options.model(), version, inFlight).routes());
    routes.add(new ImageUpload(inference, options.maxPixels()).route());
    routes.add(
        Route.get(
            "/metrics",
            call ->
                Reply.text(Metrics.TYPE, metrics.text(inference.queued(), inference.capacity()))));
    server.createContext(
        "/",
        new Dispatcher(
            routes, Guard.of(address, options.host()), inFlight, metrics, options.maxBody()));
    ThreadPoolExecutor threads = threads(options);
    server.setExecutor(threads);
    server.start();
    return new InferenceServer(server, threads, inference, inFlight, options);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw ZepadException.usage(
          "There is no host '" + host + "'; --host takes a name or address of this machine.");
    }
  }

  private static HttpServer listen(InetAddress address, int port) {
    try {
      return HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
    } catch (IOException e) {
      throw ZepadException.environment(
          "Cannot listen on "
              + address.getHostAddress()
              + " port "
              + port
              + ": "
              + e.getMessage()
              + ". Name another with --port, or --port 0 for any that is free.",
          e);
    }
  }

  /** As many threads as there are requests at the same time, up to what the queue can hold. */
  private static ThreadPoolExecutor threads(ServeOptions options) {
    AtomicInteger number = new AtomicInteger();
    IdleFirst waiting = new IdleFirst();
    return new ThreadPoolExecutor(
        0,
        options.queue() + options.maxBatch() + SPARE_THREADS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        waiting,
        task -> {
          Thread thread = new Thread(task, "zepad-http-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        },
        // All threads there may be are busy: it waits for one.
        (task, threads) -> waiting.keep(task));
  }

  /** Refuses a task for which no thread is idle, whereupon the pool makes a thread. */
  private static final class IdleFirst extends LinkedTransferQueue<Runnable> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }

    /** Takes it all the same. */
    void keep(Runnable task) {
      super.offer(task);
    }
  }

  /** Where it listens. */
  public URI address() {
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort() + "/");
  }

  /** Whether only this machine can reach it. */
  public boolean isLocal() {
    return server.getAddress().getAddress().isLoopbackAddress();
  }

  /** Refuses new work, answers what there is within the bound of the options, and ends. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    inFlight.drain(options.drain());
    server.stop(0);
    threads.shutdownNow();
    inference.close();
  }
}
