package org.zepad.core.serve;

import java.util.Map;

/**
 * What the server of the Java runtime reads from system properties, once in a process. What the
 * user has set stays.
 */
final class JdkServerSettings {
  private static final Map<String, String> SETTINGS =
      Map.of(
          // Seconds in which a request must have come in, from its first byte to its last.
          "sun.net.httpserver.maxReqTime", "30",
          // Seconds from then to the last byte of the reply.
          "sun.net.httpserver.maxRspTime", "120",
          // A reply is not held back until the other side has confirmed its beginning.
          "sun.net.httpserver.nodelay", "true",
          "jdk.httpserver.maxConnections", "1024",
          "sun.net.httpserver.maxIdleConnections", "256",
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", "65536");

  private JdkServerSettings() {}

  static void apply() {
    SETTINGS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
