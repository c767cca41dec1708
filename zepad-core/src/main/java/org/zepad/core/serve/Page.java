package org.zepad.core.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.core.onnx.ModelInfo.TaskInfo;

/**
 * The page on which a person drops a picture. It is one document that loads nothing; the policy
 * that goes with it lets run what is written in it, known by its hash, and nothing else.
 */
final class Page {
  private static final String FACTS = "%FACTS%";

  private final Reply reply;

  /** The page of a model. */
  Page(Inference inference, String model, String device) {
    String template = template();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", model);
    facts.put("device", device);
    facts.put("tasks", inference.tasks().stream().map(TaskInfo::name).toList());
    String policy =
        "default-src 'none'; script-src '"
            + hash(between(template, "<script>", "</script>"))
            + "'; style-src '"
            + hash(between(template, "<style>", "</style>"))
            + "'; img-src blob:; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";
    Reply page = Reply.text("text/html", template.replace(FACTS, json(facts)));
    reply =
        new Reply(
            page.status(), page.type(), page.body(), Map.of("Content-Security-Policy", policy));
  }

  List<Route> routes() {
    return List.of(
        Route.get("/", call -> reply),
        Route.get("/favicon.ico", call -> new Reply(204, "image/x-icon", new byte[0], Map.of())));
  }

  private static String template() {
    try (InputStream in = Page.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new IllegalStateException("page.html is missing in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing in it can end the element that it stands in. */
  private static String json(Object value) {
    try {
      return new JsonMapper()
          .writeValueAsString(value)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON for " + value, e);
    }
  }

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before) + before.length();
    return text.substring(start, text.indexOf(after, start));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
