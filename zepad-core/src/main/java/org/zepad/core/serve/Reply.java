package org.zepad.core.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param type of the body
 * @param headers further ones
 */
record Reply(int status, String type, byte[] body, Map<String, String> headers) {
  static final String JSON = "application/json";
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Maps, lists and scalars as JSON. */
  static Reply json(Object value) {
    return json(200, value, Map.of());
  }

  /** The same with another status. */
  static Reply json(int status, Object value, Map<String, String> headers) {
    try {
      return new Reply(status, JSON, MAPPER.writeValueAsBytes(value), headers);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for " + value, e);
    }
  }

  /** Why there is nothing better, in the form of the Open Inference Protocol. */
  static Reply problem(HttpProblem problem) {
    return json(problem.status(), Map.of("error", problem.getMessage()), problem.headers());
  }

  static Reply text(String type, String text) {
    return new Reply(
        200, type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), Map.of());
  }
}
