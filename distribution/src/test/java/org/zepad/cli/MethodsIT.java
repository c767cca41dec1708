package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.cli.PackagedProgram.Result;

/** Every method pre-trains with the packaged program, as small as can be; DINO a transformer. */
@DisabledOnOs(OS.WINDOWS)
class MethodsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "barlow-twins",
        "byol",
        "deepcluster-v2",
        "dino",
        "moco-v2-plus",
        "moco-v3",
        "nnclr",
        "ressl",
        "simclr",
        "simsiam",
        "supcon",
        "swav",
        "vibcreg",
        "vicreg",
        "wmse"
      })
  void everyMethodPretrains(String method) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "pretrain",
                "--method",
                method,
                "--dataset",
                "shapes",
                "--epochs",
                "1",
                "--out",
                method + ".safetensors",
                "--json",
                "--profile"));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.options.train=160",
                "data.options.test=20",
                "backbone.options.width=16",
                "training.batch-size=64",
                "method.options.projector-hidden=64",
                "method.options.projector-output=32"));
    switch (method) {
      case "deepcluster-v2" -> settings.add("method.options.clusters=8,8");
      case "swav" -> settings.add("method.options.small-crops=2");
      case "dino" -> {
        settings.remove("backbone.options.width=16");
        settings.addAll(
            List.of(
                "method.options.small-crops=2",
                "backbone=vit-tiny",
                "backbone.options.dim=48",
                "backbone.options.depth=2",
                "backbone.options.patch=4",
                "backbone.options.image-size=32"));
      }
      case "vibcreg" -> settings.add("method.options.whitening-groups=4");
      case "wmse" -> settings.add("method.options.whitening-size=64");
      default -> {}
    }
    settings.forEach(setting -> command.addAll(List.of("--set", setting)));
    Result result = PackagedProgram.in(folder).run(command.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode encoder = JSON.readTree(result.out());
    assertThat(encoder.get("method").asText()).isEqualTo(method);
    assertThat(encoder.get("provenance").get("knn-accuracy-validation").asDouble())
        .isBetween(0.0, 1.0);
    assertThat(folder.resolve(method + ".safetensors")).isNotEmptyFile();
    assertThat(result.err()).contains("waiting for data", "loss and gradients");
  }

  @Test
  void thePluginsListFifteenMethods() throws Exception {
    Result result = PackagedProgram.in(folder).run("plugins", "--json");
    int methods = 0;
    for (JsonNode plugin : JSON.readTree(result.out()).get("plugins")) {
      methods += plugin.get("kind").asText().equals("ssl-method") ? 1 : 0;
    }
    assertThat(methods).isEqualTo(15);
  }
}
