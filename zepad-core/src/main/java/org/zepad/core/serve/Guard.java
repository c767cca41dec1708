package org.zepad.core.serve;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps pages of other sites away from a service that only this machine shall reach. A browser
 * carries their requests here, and a name that they own may lead here (DNS rebinding).
 *
 * @param loopback whether the server listens on this machine alone
 * @param host the name or address that it was told to listen on
 */
record Guard(boolean loopback, String host) {
  private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  static Guard of(InetAddress address, String host) {
    return new Guard(address.isLoopbackAddress(), host.toLowerCase(Locale.ROOT));
  }

  /**
   * Checks a request.
   *
   * @param hostHeader the host that it names, or an empty text
   * @param origin the site of the page that sends it, or an empty text
   * @param method of the request
   * @throws HttpProblem if it is refused
   */
  void check(String hostHeader, String origin, String method) {
    String named = hostHeader.toLowerCase(Locale.ROOT);
    String name = named.replaceFirst(":\\d{1,5}$", "");
    if (loopback && !OWN.contains(name) && !name.equals(host)) {
      throw HttpProblem.misdirected(
          "this server answers to localhost alone, not to '" + hostHeader + "'");
    }
    boolean changes = !method.equals("GET") && !method.equals("HEAD");
    if (changes && !origin.isEmpty() && !named.equals(authority(origin))) {
      throw HttpProblem.forbidden("pages of other sites may not use this server");
    }
  }

  private static String authority(String origin) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority == null ? "" : authority.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
