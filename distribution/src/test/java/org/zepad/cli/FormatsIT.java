package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.cli.PackagedProgram.Result;

/** What any release wrote is read, and gives what it gave. */
@DisabledOnOs(OS.WINDOWS)
class FormatsIT {
  private static final Path ARTEFACTS = Path.of("src/test/resources/artefacts").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Numbers were computed on another processor. */
  private static final double ROUNDING = 1e-4;

  @TempDir Path folder;

  static List<Path> releases() throws IOException {
    try (Stream<Path> found = Files.list(ARTEFACTS)) {
      List<Path> releases = found.filter(Files::isDirectory).sorted().toList();
      assertThat(releases).isNotEmpty();
      return releases;
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void anExportedModelPredictsWhatItDid(Path release) throws Exception {
    JsonNode expected = JSON.readTree(release.resolve("predictions.json").toFile()).path(0);
    JsonNode found =
        json(release, "predict", "--bundle", "bundle", "picture.png", "--json").path(0);
    assertThat(found.path("class")).isEqualTo(expected.path("class"));
    assertThat(found.path("flagged")).isEqualTo(expected.path("flagged"));
    assertClose(found.path("probability"), expected.path("probability"));
    assertClose(found.path("detectionScore"), expected.path("detectionScore"));
    assertThat(expected.path("confidences").size()).isEqualTo(2);
    for (int i = 0; i < 2; i++) {
      assertClose(found.path("confidences").path(i), expected.path("confidences").path(i));
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void aBundleAndAPerturbationAreEvaluated(Path release) throws Exception {
    Path report = folder.resolve("report.json");
    run(
        release,
        "evaluate",
        "--bundle=old=bundle",
        "--dataset=shapes",
        "--set=data.test-images=32",
        "--perturbation=perturbation.safetensors",
        "--out=" + report);
    JsonNode evaluation = JSON.readTree(report.toFile()).path("evaluations").path(0);
    assertThat(evaluation.path("attack").asText()).startsWith("uapgd");
    assertThat(evaluation.path("images").asInt()).isEqualTo(32);
  }

  @ParameterizedTest
  @MethodSource("releases")
  void anEncoderIsWhole(Path release) throws Exception {
    JsonNode seen = json(release, "inspect", "encoder.safetensors", "--json");
    assertThat(seen.path("encoder").asBoolean()).isTrue();
    assertThat(seen.path("backbone").asText()).isEqualTo("resnet18");
    assertThat(seen.path("problems")).isEmpty();
  }

  private JsonNode json(Path release, String... args) throws Exception {
    return JSON.readTree(run(release, args).out());
  }

  private Result run(Path release, String... args) throws Exception {
    Path copy = folder.resolve("artefacts");
    copy(release, copy);
    Result result = PackagedProgram.in(copy).run(args);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void assertClose(JsonNode found, JsonNode expected) {
    assertThat(found.asDouble()).isCloseTo(expected.asDouble(), within(ROUNDING));
  }
}
