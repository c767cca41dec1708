package org.zepad.core.serve;

import java.util.Map;

/** Why a request is refused; the message goes to whoever asked. */
final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  private HttpProblem(int status, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  /** What was sent makes no sense. */
  static HttpProblem malformed(String message) {
    return new HttpProblem(400, message, Map.of());
  }

  /** It comes from a page of another site. */
  static HttpProblem forbidden(String message) {
    return new HttpProblem(403, message, Map.of());
  }

  /** There is no such thing. */
  static HttpProblem missing(String message) {
    return new HttpProblem(404, message, Map.of());
  }

  /**
   * Not in this way.
   *
   * @param allowed the methods that there are
   */
  static HttpProblem wrongMethod(String message, String allowed) {
    return new HttpProblem(405, message, Map.of("Allow", allowed));
  }

  /** More than is taken. */
  static HttpProblem tooLarge(String message) {
    return new HttpProblem(413, message, Map.of());
  }

  /** In no form that is understood. */
  static HttpProblem unsupported(String message) {
    return new HttpProblem(415, message, Map.of());
  }

  /** Meant for another server. */
  static HttpProblem misdirected(String message) {
    return new HttpProblem(421, message, Map.of());
  }

  /** More than can be borne at the moment. */
  static HttpProblem busy(String message) {
    return new HttpProblem(429, message, Map.of("Retry-After", "1"));
  }

  /** Not now. */
  static HttpProblem unavailable(String message) {
    return new HttpProblem(503, message, Map.of("Retry-After", "5"));
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
