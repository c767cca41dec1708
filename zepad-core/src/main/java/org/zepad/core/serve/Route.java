package org.zepad.core.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One kind of request.
 *
 * @param template its path; {@code *} stands for one part of it
 * @param method GET, which answers HEAD too, or POST
 * @param work whether it is refused while the server ends
 */
record Route(String template, String method, boolean work, Handler handler) {

  /** Answers requests. */
  interface Handler {
    /**
     * Answers one.
     *
     * @throws HttpProblem if it is refused
     * @throws IOException if the other side is gone
     */
    Reply handle(Call call) throws IOException;
  }

  static Route get(String template, Handler handler) {
    return new Route(template, "GET", false, handler);
  }

  static Route post(String template, Handler handler) {
    return new Route(template, "POST", true, handler);
  }

  /** What stands in a path for the open parts, if it is one of this route. */
  Optional<List<String>> match(String path) {
    String[] wanted = template.split("/", -1);
    String[] found = path.split("/", -1);
    if (wanted.length != found.length) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("*")) {
        parts.add(found[i]);
      } else if (!wanted[i].equals(found[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(parts);
  }

  /** Whether it answers requests of a method. */
  boolean takes(String other) {
    return method.equals(other) || (method.equals("GET") && other.equals("HEAD"));
  }
}
