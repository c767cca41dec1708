package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.cli.PackagedProgram.Result;

/** The encoders that come with the packaged program. */
@DisabledOnOs(OS.WINDOWS)
class ZooIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a zoo encoder is better by, at least, than raw pixels and an untrained encoder. */
  private static final double MARGIN = 0.04;

  @TempDir Path folder;

  @Test
  void everyEncoderIsOfKnownOrigin() throws Exception {
    List<String> methods = new ArrayList<>();
    for (JsonNode encoder : zoo()) {
      String method = encoder.get("method").asText();
      methods.add(method);
      assertThat(encoder.get("encoder").asText()).isEqualTo("zoo:" + method);
      JsonNode provenance = encoder.get("provenance");
      assertThat(provenance.get("data").asText()).isEqualTo("cifar10");
      assertThat(provenance.get("data-images").asInt()).isEqualTo(9000);
      assertThat(provenance.get("seed").asInt()).isEqualTo(1);
      assertThat(provenance.get("knn-accuracy-validation").asDouble()).isBetween(0.2, 0.9);
      // The way to make it anew comes with the program, and says the same.
      String made = Files.readString(PackagedProgram.HOME.resolve("conf/zoo/" + method + ".yaml"));
      assertThat(made).contains("epochs: " + provenance.get("epochs").asText() + ",");
    }
    Result plugins = run("plugins", "--json");
    List<String> known = new ArrayList<>();
    for (JsonNode plugin : JSON.readTree(plugins.out()).get("plugins")) {
      if (plugin.get("kind").asText().equals("ssl-method")) {
        known.add(plugin.get("name").asText());
      }
    }
    assertThat(known).hasSize(15);
    assertThat(methods).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void anEncoderOfTheZooIsTakenLikeAFile() throws Exception {
    Result inspected = run("inspect", "zoo:wmse", "--as-encoder");
    assertThat(inspected.exitCode()).as(inspected.err()).isZero();
    assertThat(inspected.out()).contains("encoder of ours: resnet18", "method wmse", "F16");
    Result unknown = run("inspect", "zoo:wmsee");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("zoo:wmsee", "did you mean 'wmse'");
  }

  @Test
  void featuresBeatRawPixelsByAWideMargin() throws Exception {
    Path datasets = Path.of(System.getProperty("zepad.datasets", "datasets"));
    assumeTrue(
        Files.isDirectory(datasets.resolve("cifar10")),
        () -> "no CIFAR-10 in " + datasets + "; name its folder with -Dzepad.datasets");
    List<String> command = new ArrayList<>(List.of("knn", "--json", "--dataset", "cifar10"));
    command.addAll(List.of("--data", datasets.toString(), "--set", "data.images=5000"));
    JsonNode zoo = zoo();
    for (JsonNode encoder : zoo) {
      command.addAll(List.of("--encoder", encoder.get("encoder").asText()));
    }
    Result result = run(command.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode accuracies = JSON.readTree(result.out()).get("accuracies");
    assertThat(accuracies).hasSize(zoo.size() + 2);
    double untrained = accuracies.get(zoo.size()).get("accuracy").asDouble();
    double pixels = accuracies.get(zoo.size() + 1).get("accuracy").asDouble();
    double nothing = Math.max(untrained, pixels);
    for (int i = 0; i < zoo.size(); i++) {
      assertThat(accuracies.get(i).get("accuracy").asDouble())
          .as("%s", accuracies.get(i))
          .isGreaterThan(nothing + MARGIN);
    }
  }

  private JsonNode zoo() throws Exception {
    Result result = run("zoo", "--json");
    assertThat(result.exitCode()).as(result.err()).isZero();
    return JSON.readTree(result.out());
  }

  private Result run(String... args) throws Exception {
    return PackagedProgram.in(folder).run(args);
  }
}
