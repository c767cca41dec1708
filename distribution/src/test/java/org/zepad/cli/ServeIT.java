package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.cli.PackagedProgram.Result;
import org.zepad.testkit.TestPictures;

/** The packaged program as a server: started, used, ended by a signal. */
@DisabledOnOs(OS.WINDOWS)
class ServeIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static PackagedProgram zepad;

  @BeforeAll
  static void makesABundle() throws Exception {
    zepad = PackagedProgram.in(folder);
    ok(
        zepad.run(
            "pretrain",
            "--method",
            "simclr",
            "--dataset",
            "shapes",
            "--epochs",
            "1",
            "--set",
            "backbone.options.width=8",
            "--set",
            "data.images=64",
            "--set",
            "training.batch-size=32",
            "--out",
            "e.safetensors"));
    ok(
        zepad.run(
            "harden",
            "--mpae",
            "e.safetensors",
            "--set",
            "defence=none",
            "--out",
            "shapes-bundle"));
    ok(
        zepad.run(
            "adapt", "--bundle", "shapes-bundle", "--set", "epochs=1", "--set", "data.images=100"));
  }

  private static void ok(Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @Test
  void servesABundleUntilASignalEndsIt() throws Exception {
    Path out = folder.resolve("serve.out");
    Path err = folder.resolve("serve.err");
    Process process = zepad.start(out, err, "--json", "serve", "shapes-bundle", "--port", "0");
    try {
      JsonNode told = told(process, out, err);
      URI at = URI.create(told.get("address").asText());
      assertThat(at.getHost()).isEqualTo("127.0.0.1");
      assertThat(told.get("model").asText()).isEqualTo("shapes-bundle");
      assertThat(told.get("device").asText()).isEqualTo("CPU");
      assertThat(folder.resolve("shapes-bundle/onnx/model.onnx")).isNotEmptyFile();

      BufferedImage picture = TestPictures.flat(50, 40, 0xc02040);
      JsonNode seen = post(at.resolve("/predict"), TestPictures.bytes(picture, "png"));
      Path file = Files.write(folder.resolve("p.png"), TestPictures.bytes(picture, "png"));
      Result offline = zepad.run("--json", "predict", "--bundle", "shapes-bundle", file.toString());
      assertThat(seen.get("class").asText())
          .isEqualTo(JSON.readTree(offline.out()).get(0).get("class").asText());
      assertThat(seen.get("branches")).hasSize(1);

      try (Socket slow = new Socket(at.getHost(), at.getPort())) {
        OutputStream half = slow.getOutputStream();
        half.write(
            "POST /predict HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.UTF_8));
        half.flush();
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(process.exitValue()).as(Files.readString(err)).isZero();
      assertThat(Files.readString(err)).doesNotContain("rror", "\tat ");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatCannotBeServedIsToldAtOnce() throws Exception {
    Result missing = zepad.run("serve", "gone.onnx", "--port", "0");
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.err()).contains("gone.onnx");
    Result task = zepad.run("serve", "shapes-bundle", "--task", "other", "--port", "0");
    assertThat(task.exitCode()).isEqualTo(2);
    assertThat(task.err()).contains("no task 'other'");
    Result queue = zepad.run("serve", "shapes-bundle", "--queue", "3", "--max-batch", "8");
    assertThat(queue.exitCode()).isEqualTo(2);
    assertThat(queue.err()).contains("--queue takes 8 to 4096, got 3");
  }

  private static JsonNode told(Process process, Path out, Path err) throws Exception {
    long deadline = System.nanoTime() + 300_000_000_000L;
    while (!Files.readString(out).contains("\n")) {
      assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
      assertThat(System.nanoTime()).as("starts in time").isLessThan(deadline);
      Thread.sleep(50);
    }
    return JSON.readTree(Files.readString(out));
  }

  private static JsonNode post(URI at, byte[] body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) at.toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "image/png");
    connection.setDoOutput(true);
    connection.getOutputStream().write(body);
    assertThat(connection.getResponseCode()).isEqualTo(200);
    try (InputStream in = connection.getInputStream()) {
      return JSON.readTree(in.readAllBytes());
    }
  }
}
