package org.zepad.core.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zepad.api.ZepadException;

/** Brings each request to its route, and the answer or the reason for none back. Thread-safe. */
final class Dispatcher implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final double NANOS = 1e9;

  /** How much of a refused body is read, so that whoever still sends it gets to read the reply. */
  private static final int LINGER = 64 << 20;

  private static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff");

  private final List<Route> routes;
  private final Guard guard;
  private final InFlight inFlight;
  private final Metrics metrics;
  private final int maxBody;
  private final MemoryBudget bodies = MemoryBudget.ofHeap(0.25);

  /**
   * A dispatcher.
   *
   * @param routes the first that fits is taken
   * @param maxBody most bytes of a body
   */
  Dispatcher(List<Route> routes, Guard guard, InFlight inFlight, Metrics metrics, int maxBody) {
    this.routes = List.copyOf(routes);
    this.guard = guard;
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.maxBody = maxBody;
  }

  @Override
  public void handle(HttpExchange exchange) {
    long start = System.nanoTime();
    inFlight.enter();
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      List<Route> fitting =
          routes.stream().filter(r -> r.match(path == null ? "" : path).isPresent()).toList();
      Reply reply = reply(exchange, fitting, path == null ? "" : path);
      String name = fitting.isEmpty() ? "other" : fitting.get(0).template();
      // Counted before it is sent, so that whoever has the answer finds it counted.
      metrics.answered(name, reply.status(), (System.nanoTime() - start) / NANOS);
      send(exchange, reply);
    } catch (IOException e) {
      LOG.debug("a client went away", e);
    } finally {
      inFlight.leave();
    }
  }

  private Reply reply(HttpExchange exchange, List<Route> fitting, String path) throws IOException {
    try (MemoryBudget.Share share = bodies.open()) {
      String method = exchange.getRequestMethod();
      Headers headers = exchange.getRequestHeaders();
      guard.check(first(headers, "Host"), first(headers, "Origin"), method);
      Route route = route(fitting, method, path);
      if (route.work() && inFlight.isDraining()) {
        throw HttpProblem.unavailable("the server is shutting down");
      }
      List<String> parts = route.match(path).orElseThrow();
      return route.handler().handle(new Call(exchange, parts, maxBody, share));
    } catch (HttpProblem e) {
      return Reply.problem(e);
    } catch (ZepadException e) {
      if (e.kind() == ZepadException.Kind.ENVIRONMENT) {
        return failed(e);
      }
      return Reply.problem(HttpProblem.malformed(String.valueOf(e.getMessage())));
    } catch (OutOfMemoryError e) {
      LOG.error("out of memory", e);
      return Reply.problem(HttpProblem.unavailable("the server is out of memory"));
    } catch (RuntimeException | StackOverflowError e) {
      return failed(e);
    }
  }

  // What went wrong inside is for whoever runs the server, not for whoever asks it.
  private static Reply failed(Throwable e) {
    LOG.error("a request failed", e);
    return Reply.json(500, Map.of("error", "the server failed; its log says why"), Map.of());
  }

  private static Route route(List<Route> fitting, String method, String path) {
    if (fitting.isEmpty()) {
      throw HttpProblem.missing("there is nothing at " + path);
    }
    Optional<Route> found = fitting.stream().filter(r -> r.takes(method)).findFirst();
    return found.orElseThrow(
        () -> {
          TreeSet<String> allowed = new TreeSet<>();
          for (Route route : fitting) {
            allowed.add(route.method());
            if (route.takes("HEAD")) {
              allowed.add("HEAD");
            }
          }
          return HttpProblem.wrongMethod(
              path + " does not answer " + method, String.join(", ", allowed));
        });
  }

  private static String first(Headers headers, String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value.strip();
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    HEADERS.forEach(headers::set);
    headers.set("Content-Type", reply.type());
    reply.headers().forEach(headers::set);
    if (inFlight.isDraining()) {
      headers.set("Connection", "close");
    }
    // Asked for in any case: an exchange whose body nobody asked for takes its connection along.
    InputStream in = exchange.getRequestBody();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head || reply.body().length == 0) {
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(reply.status(), reply.body().length);
    OutputStream out = exchange.getResponseBody();
    out.write(reply.body());
    out.flush();
    linger(in);
  }

  private static void linger(InputStream in) throws IOException {
    byte[] rest = new byte[1 << 13];
    long left = LINGER;
    for (int read = in.read(rest); read >= 0 && left > 0; read = in.read(rest)) {
      left -= read;
    }
  }
}
