package org.zepad.core.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A browser without a window, driven by the DevTools protocol over a pipe: it speaks JSON on the
 * file descriptors 3 and 4, which the shell joins to this process. Any Chromium will do.
 */
public final class Browser implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final long PATIENCE_SECONDS = 180;

  private final Path profile;
  private final Process process;
  private final InputStream in;
  private final OutputStream out;
  private final Thread watchdog;
  private final String session;
  private int lastId;
  private String own = "file:";

  /** What the page said that it should not: errors, and requests that leave it. */
  public final List<String> complaints = new ArrayList<>();

  /** Where a browser is, if there is one. */
  public static Optional<String> find() {
    String named = System.getProperty("zepad.browser");
    if (named != null) {
      return Optional.of(named);
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder, which is emptied again on closing
   */
  public Browser(String program, Path profile) throws IOException {
    this.profile = profile;
    List<String> command =
        List.of(
            "sh",
            "-c",
            "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null",
            program,
            "--headless=new",
            "--remote-debugging-pipe",
            "--user-data-dir=" + profile,
            "--no-first-run",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-extensions",
            "--disable-background-networking",
            "--hide-scrollbars",
            "about:blank");
    process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.to(profile.resolve("stderr.txt").toFile()))
            .start();
    in = process.getInputStream();
    out = process.getOutputStream();
    watchdog = new Thread(this::endWhenStuck, "browser-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    String target =
        send("Target.createTarget", node().put("url", "about:blank"), "").at("/targetId").asText();
    session =
        send("Target.attachToTarget", node().put("targetId", target).put("flatten", true), "")
            .at("/sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      send(domain + ".enable", node());
    }
  }

  /** Shows a file in a window of this width, in one of the schemes light and dark. */
  public void open(Path file, int width, int height, String scheme) throws IOException {
    open(file.toUri(), "file:", width, height, scheme);
  }

  /** The same with a page of a server, which may ask that server for more. */
  public void open(URI page, int width, int height, String scheme) throws IOException {
    open(page, page.resolve("/").toString(), width, height, scheme);
  }

  private void open(URI page, String origin, int width, int height, String scheme)
      throws IOException {
    own = origin;
    send(
        "Emulation.setDeviceMetricsOverride",
        node()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
    ObjectNode media = node();
    media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", scheme);
    send("Emulation.setEmulatedMedia", media);
    send("Page.navigate", node().put("url", page.toString()));
    while (!"Page.loadEventFired".equals(read().at("/method").asText())) {
      // What else is said is heard by read().
    }
  }

  /** The value of an expression. */
  public JsonNode evaluate(String script) throws IOException {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            node().put("expression", script).put("returnByValue", true).put("awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IOException("the page answered " + answer.get("exceptionDetails"));
    }
    return answer.at("/result/value");
  }

  /** The whole page as a PNG file. */
  public byte[] screenshot() throws IOException {
    JsonNode answer = send("Page.captureScreenshot", node().put("captureBeyondViewport", true));
    return Base64.getDecoder().decode(answer.get("data").asText());
  }

  @Override
  public void close() throws IOException {
    try {
      send("Browser.close", node(), "");
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      watchdog.interrupt();
      forgetProfile();
    }
  }

  /**
   * A helper of the browser may still be writing; what it writes then is left to the next clean.
   */
  private void forgetProfile() throws IOException {
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (UncheckedIOException e) {
      // Something went while we looked.
    }
  }

  private void endWhenStuck() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // It was closed in time.
    }
  }

  private static ObjectNode node() {
    return JSON.createObjectNode();
  }

  private JsonNode send(String method, ObjectNode parameters) throws IOException {
    return send(method, parameters, session);
  }

  private JsonNode send(String method, ObjectNode parameters, String to) throws IOException {
    ObjectNode message = node().put("id", ++lastId).put("method", method);
    message.set("params", parameters);
    if (!to.isEmpty()) {
      message.put("sessionId", to);
    }
    out.write(JSON.writeValueAsBytes(message));
    out.write(0);
    out.flush();
    while (true) {
      JsonNode answer = read();
      if (answer.path("id").asInt() == lastId) {
        if (answer.has("error")) {
          throw new IOException(method + " was answered " + answer.get("error"));
        }
        return answer.get("result");
      }
    }
  }

  private JsonNode read() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int next = in.read(); next != 0; next = in.read()) {
      if (next < 0) {
        throw new IOException("the browser ended, or was ended for its silence");
      }
      message.write(next);
    }
    JsonNode node = JSON.readTree(message.toString(StandardCharsets.UTF_8));
    hear(node);
    return node;
  }

  private void hear(JsonNode message) {
    String url = message.at("/params/request/url").asText();
    boolean said =
        switch (message.path("method").asText()) {
          case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" -> true;
          case "Network.requestWillBeSent" ->
              !url.startsWith(own) && !url.startsWith("data:") && !url.startsWith("blob:");
          default -> false;
        };
    if (said) {
      complaints.add(message.get("params").toString());
    }
  }
}
