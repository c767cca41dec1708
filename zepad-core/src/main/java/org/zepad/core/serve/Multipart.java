package org.zepad.core.serve;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the file in a form (RFC 7578). */
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final byte[] BLANK = ascii("\r\n\r\n");
  private static final int MOST_HEADERS = 1 << 13;

  private Multipart() {}

  /**
   * The content of the only file.
   *
   * @param contentType the whole header, with the boundary
   * @throws HttpProblem if the form is broken, or has no file or several
   */
  static byte[] file(String contentType, byte[] body) {
    Matcher matcher = BOUNDARY.matcher(contentType);
    if (!matcher.find()) {
      throw HttpProblem.malformed("the Content-Type of the form has no boundary");
    }
    String boundary = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    byte[] delimiter = ascii("\r\n--" + boundary);
    byte[] opening = ascii("--" + boundary);
    int at = startsWith(body, opening, 0) ? opening.length : indexOf(body, delimiter, 0);
    if (at < 0) {
      throw HttpProblem.malformed("the form does not hold its boundary");
    }
    at = at == opening.length ? at : at + delimiter.length;
    byte[] file = null;
    while (!startsWith(body, ascii("--"), at)) {
      int headers = indexOf(body, ascii("\r\n"), at);
      int content = indexOf(body, BLANK, Math.max(at, headers));
      int end = content < 0 ? -1 : indexOf(body, delimiter, content + BLANK.length);
      if (headers < 0 || end < 0 || content - headers > MOST_HEADERS) {
        throw HttpProblem.malformed("the form ends in the middle of a part");
      }
      String head = new String(body, headers, content - headers, StandardCharsets.ISO_8859_1);
      if (isFile(head)) {
        if (file != null) {
          throw HttpProblem.malformed("the form holds several files; send one");
        }
        file = Arrays.copyOfRange(body, content + BLANK.length, end);
      }
      at = end + delimiter.length;
    }
    if (file == null) {
      throw HttpProblem.malformed("the form holds no file");
    }
    return file;
  }

  private static boolean isFile(String headers) {
    return headers
        .toLowerCase(Locale.ROOT)
        .lines()
        .anyMatch(line -> line.startsWith("content-disposition:") && line.contains("filename"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean startsWith(byte[] body, byte[] wanted, int at) {
    return at + wanted.length <= body.length
        && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static int indexOf(byte[] body, byte[] wanted, int from) {
    for (int i = from; i <= body.length - wanted.length; i++) {
      if (body[i] == wanted[0] && startsWith(body, wanted, i)) {
        return i;
      }
    }
    return -1;
  }
}
