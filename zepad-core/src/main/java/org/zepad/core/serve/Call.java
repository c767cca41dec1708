package org.zepad.core.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A request, as far as its handler sees it. For one thread. */
final class Call {
  private static final int CHUNK = 1 << 16;

  private final HttpExchange exchange;
  private final List<String> parts;
  private final int maxBody;
  private final MemoryBudget.Share bodies;

  /**
   * A request.
   *
   * @param parts what stands in its path for the open parts of the route
   * @param maxBody most bytes of its body
   * @param bodies takes the memory for them
   */
  Call(HttpExchange exchange, List<String> parts, int maxBody, MemoryBudget.Share bodies) {
    this.exchange = exchange;
    this.parts = List.copyOf(parts);
    this.maxBody = maxBody;
    this.bodies = bodies;
  }

  /** What stands in the path for an open part of the route, from 0. */
  String part(int index) {
    return parts.get(index);
  }

  /** A header, or an empty text. */
  String header(String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value.strip();
  }

  /** The media type of the body, lower case and without parameters. */
  String contentType() {
    return header("Content-Type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * A parameter of the query, or an empty text.
   *
   * @throws HttpProblem if it is given twice, or its escapes are wrong
   */
  String query(String name) {
    String query = exchange.getRequestURI().getRawQuery();
    String found = "";
    boolean seen = false;
    for (String pair : query == null ? new String[0] : query.split("&")) {
      String[] sides = pair.split("=", 2);
      if (sides[0].equals(name)) {
        if (seen) {
          throw HttpProblem.malformed("the parameter '" + name + "' is given twice");
        }
        seen = true;
        found = sides.length < 2 ? "" : decode(sides[1]);
      }
    }
    return found;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw HttpProblem.malformed("the query holds a wrong escape");
    }
  }

  /**
   * The whole body. Memory is taken as its bytes come in, so who sends slowly holds little.
   *
   * @throws HttpProblem if it is compressed, or larger than it may be
   */
  byte[] body() throws IOException {
    String coding = header("Content-Encoding");
    if (!coding.isEmpty() && !coding.equalsIgnoreCase("identity")) {
      throw HttpProblem.unsupported("bodies are not taken compressed ('" + coding + "')");
    }
    String length = header("Content-Length");
    if (length.length() > 18 || (!length.isEmpty() && Long.parseLong(length) > maxBody)) {
      throw tooLarge();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    InputStream in = exchange.getRequestBody();
    byte[] chunk = new byte[CHUNK];
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      if (body.size() + read > maxBody) {
        throw tooLarge();
      }
      bodies.take(read, Duration.ZERO);
      body.write(chunk, 0, read);
    }
    return body.toByteArray();
  }

  private HttpProblem tooLarge() {
    return HttpProblem.tooLarge("a body may have " + maxBody + " bytes");
  }
}
