package org.zepad.core.serve;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A connection to a server on which any bytes can be sent, wrong ones too. It is kept for as many
 * requests as the server bears.
 */
final class Wire implements AutoCloseable {
  private final URI server;
  private final Socket socket;
  private final InputStream in;

  /**
   * An answer.
   *
   * @param headers by lower-case name
   */
  record Answer(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Wire(URI server) throws IOException {
    this.server = server;
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** One request on a connection of its own. */
  static Answer once(URI server, String method, String path, byte[] body, String... headers)
      throws IOException {
    try (Wire wire = new Wire(server)) {
      return wire.ask(method, path, body, headers);
    }
  }

  static Answer get(URI server, String path) throws IOException {
    return once(server, "GET", path, new byte[0]);
  }

  static Answer post(URI server, String path, String type, byte[] body) throws IOException {
    return once(server, "POST", path, body, "Content-Type", type);
  }

  /**
   * Asks and waits for the answer.
   *
   * @param headers names and values in turn, beside Host and Content-Length; an empty value leaves
   *     a header out
   */
  Answer ask(String method, String path, byte[] body, String... headers) throws IOException {
    send(head(method, path, body.length, headers));
    send(body);
    return answer(method.equals("HEAD"));
  }

  byte[] head(String method, String path, long length, String... headers) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("Host", server.getAuthority());
    if (!method.equals("GET") && !method.equals("HEAD")) {
      all.put("Content-Length", String.valueOf(length));
    }
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    all.values().removeIf(String::isEmpty);
    all.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  Answer answer(boolean bare) throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] sides = line.split(":", 2);
      headers.put(sides[0].toLowerCase(Locale.ROOT), sides[1].strip());
    }
    int length = bare ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the answer was cut");
    }
    return new Answer(status, headers, body);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
