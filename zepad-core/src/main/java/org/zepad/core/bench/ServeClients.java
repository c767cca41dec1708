package org.zepad.core.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Clients that each ask a server, wait for the answer, and ask again, until the time is over. */
final class ServeClients {
  private static final int OK = 200;
  private static final int BUSY = 429;

  private final List<Client> clients = new ArrayList<>();

  /**
   * Clients that begin at once.
   *
   * @param count how many
   * @param request what each asks
   * @param end when nothing is asked any more, on the clock of {@link System#nanoTime}
   */
  ServeClients(int count, HttpClient http, HttpRequest request, long end) {
    for (int c = 0; c < count; c++) {
      Client client = new Client(http, request, end);
      client.start();
      clients.add(client);
    }
  }

  /** Waits until the last answer has come. */
  void await() throws InterruptedException {
    for (Client client : clients) {
      client.join();
    }
  }

  /** The milliseconds of each answer that is a result; after {@link #await}. */
  double[] millis() {
    return clients.stream().flatMap(c -> c.millis.stream()).mapToDouble(m -> m).toArray();
  }

  /** How many other answers and broken connections there were; after {@link #await}. */
  long errors() {
    return clients.stream().mapToLong(c -> c.errors).sum();
  }

  /** How many answers had status 429; after {@link #await}. */
  long refused() {
    return clients.stream().mapToLong(c -> c.refused).sum();
  }

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
        switch (answer.statusCode()) {
          case OK -> millis.add((System.nanoTime() - now) / 1e6);
          case BUSY -> refused++;
          default -> errors++;
        }
      } catch (IOException e) {
        errors++;
      }
    }
  }
}
