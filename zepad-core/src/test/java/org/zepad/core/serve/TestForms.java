package org.zepad.core.serve;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bodies as browsers and other clients make them. */
final class TestForms {
  private final String boundary;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TestForms(String boundary) {
    this.boundary = boundary;
  }

  /** A form with a field; of no file if the file name is empty. */
  static TestForms of(String boundary, String name, String file, String content) {
    return new TestForms(boundary).and(name, file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** One field more. */
  TestForms and(String name, String file, byte[] content) {
    String filename = file.isEmpty() ? "" : "; filename=\"" + file.replace("\"", "%22") + "\"";
    write("--" + boundary + "\r\n");
    write("Content-Disposition: form-data; name=\"" + name + "\"" + filename + "\r\n");
    write("Content-Type: application/octet-stream\r\n\r\n");
    out.writeBytes(content);
    write("\r\n");
    return this;
  }

  byte[] bytes() {
    write("--" + boundary + "--\r\n");
    return out.toByteArray();
  }

  /** A body in chunks. */
  static byte[] chunked(byte[] body) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    int half = body.length / 2;
    for (int[] part : new int[][] {{0, half}, {half, body.length}}) {
      String size = Integer.toHexString(part[1] - part[0]) + "\r\n";
      chunks.writeBytes(size.getBytes(StandardCharsets.US_ASCII));
      chunks.write(body, part[0], part[1] - part[0]);
      chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return chunks.toByteArray();
  }

  private void write(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
