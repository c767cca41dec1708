package org.zepad.core.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server of this machine that also breaks off, lies and redirects. */
final class LocalServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Thread thread;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();

  /** What was asked for: the path, then the range if there was one. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** After how many bytes of a content the connection is cut; every time. */
  volatile int cutAfter = Integer.MAX_VALUE;

  /** Whether ranges are answered. */
  volatile boolean ranges = true;

  /** The status of answers where it is not 0. */
  volatile int status;

  LocalServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread = new Thread(this::serve, "local-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
  }

  void put(String path, byte[] content) {
    files.put(path, content);
  }

  void redirect(String path, String to) {
    redirects.put(path, to);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        answer(connection);
      } catch (IOException e) {
        // The other side has gone, or the server is closed.
        continue;
      }
    }
  }

  private void answer(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    String path = in.readLine().split(" ")[1];
    int from = 0;
    String range = "";
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.startsWith("Range: ") && ranges) {
        range = line.substring(7);
        from = Integer.parseInt(range.replaceAll("\\D", ""));
      }
    }
    asked.add((path + " " + range).strip());
    OutputStream out = connection.getOutputStream();
    byte[] content = files.get(path);
    String head;
    if (status != 0) {
      head = status + " Made up\r\nContent-Length: 0";
      content = new byte[0];
    } else if (redirects.containsKey(path)) {
      head = "302 Found\r\nLocation: " + redirects.get(path) + "\r\nContent-Length: 0";
      content = new byte[0];
    } else if (content == null) {
      head = "404 Not Found\r\nContent-Length: 0";
      content = new byte[0];
    } else {
      head =
          (range.isEmpty()
                  ? "200 OK"
                  : "206 Partial Content\r\nContent-Range: bytes "
                      + from
                      + "-"
                      + (content.length - 1)
                      + "/"
                      + content.length)
              + "\r\nContent-Length: "
              + (content.length - from);
    }
    out.write(
        ("HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(content, from, Math.min(cutAfter, content.length - from));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    try {
      // Until then a connection may still be taken.
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
