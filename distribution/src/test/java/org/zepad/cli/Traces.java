package org.zepad.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.zepad.core.io.Sha256;

/** What a command has left in the folder where it ran. */
final class Traces {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern WORK = Pattern.compile("(.*/)?(work|[^/]*\\.work)/.*");
  private static final Pattern PART = Pattern.compile("(.*/)?\\.[^/]*\\.(part|old)(/.*)?");

  /** What differs with each run by its nature: logs, locks, and how long each job took. */
  private static final Pattern NO_PRODUCT =
      Pattern.compile("(.*/)?(logs|jobs)/.*|(.*/)?(\\.[^/]*\\.)?lock|(.*/)?report\\.html");

  private Traces() {}

  /**
   * The products, each with a fingerprint of what is in it, times left out. Neither what is kept
   * for a continuation is one nor what is half-written under a temporary name.
   */
  static Map<String, String> products(Path folder) throws IOException {
    Map<String, String> products = new TreeMap<>();
    for (String file : files(folder)) {
      if (!WORK.matcher(file).matches()
          && !PART.matcher(file).matches()
          && !NO_PRODUCT.matcher(file).matches()) {
        products.put(file, fingerprint(folder.resolve(file)));
      }
    }
    return products;
  }

  /** The whole files that are kept for a continuation, and the notes on jobs that are done. */
  static List<String> saved(Path folder) throws IOException {
    return files(folder).stream()
        .filter(file -> WORK.matcher(file).matches() || file.contains("/jobs/"))
        .filter(file -> !PART.matcher(file).matches())
        .toList();
  }

  /** What is left for a continuation or under a temporary name. */
  static List<String> left(Path folder) throws IOException {
    return files(folder).stream()
        .filter(file -> WORK.matcher(file).matches() || PART.matcher(file).matches())
        .toList();
  }

  private static List<String> files(Path folder) throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.add(folder.relativize(file).toString());
      }
    }
    return files;
  }

  private static String fingerprint(Path file) throws IOException {
    if (!file.toString().endsWith("report.json")) {
      return Sha256.of(file);
    }
    JsonNode report = JSON.readTree(file.toFile());
    if (report instanceof ObjectNode object) {
      object.remove("created");
    }
    return Sha256.of(report.toString().getBytes(StandardCharsets.UTF_8));
  }
}
