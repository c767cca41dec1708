package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zepad.core.bench.BenchPart;

/** Every part of the benchmark on a defence that takes no time; how long is nobody's business. */
class BenchCommandTest {
  private static final int WIDTH = 4;
  private static final int SIDE = 16;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("bench", "--width", "" + WIDTH, "--resolution", "" + SIDE, "--batch", "4"));
    words.addAll(List.of("--repeats", "2", "--adapt-images", "8", "--serve-seconds", "1"));
    words.addAll(List.of(more));
    return Main.run(
        words.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err), false);
  }

  @Test
  void everyPartGivesItsFigures() throws IOException {
    String all =
        Stream.of(BenchPart.values()).map(BenchPart::toString).collect(Collectors.joining(","));
    assertThat(run("--parts", all, "--clients", "2", "--json")).as(err.toString()).isZero();
    JsonNode result = new ObjectMapper().readTree(out.toString());
    assertThat(result.get("width").asInt()).isEqualTo(WIDTH);
    assertThat(result.get("seed").asInt()).isEqualTo(1);
    assertThat(result.get("adapt_images").asInt()).isEqualTo(8);
    assertThat(result.at("/machine/cpu").asText()).isNotBlank();
    assertThat(result.at("/machine/threads/training").asInt()).isPositive();
    assertThat(result.at("/machine/threads/inference").asInt()).isPositive();
    assertThat(result.at("/machine/versions/onnxruntime").asText()).isNotBlank();
    for (String figure :
        List.of(
            "aft_step_s",
            "aft_step_parts_s/attack",
            "aft_step_parts_s/gradients",
            "aft_step_parts_s/update",
            "adapt_20_epochs_s",
            "uap_step_s",
            "uap_later_step_s",
            "matmul_gflops",
            "matmul_gflops/by_engine/pytorch",
            "matmul_gflops/by_engine/onnxruntime")) {
      requireSpread(result.at("/" + figure), figure);
    }
    for (String key :
        List.of("infer_images_per_s", "infer_int8_images_per_s", "infer_engine_images_per_s")) {
      assertThat(result.get(key)).as(key).hasSize(4);
      for (int batch : new int[] {1, 8, 64, 256}) {
        JsonNode rate = result.get(key).get("" + batch);
        requireSpread(rate, key + "/" + batch);
        assertThat(rate.get("p99_ms").asDouble())
            .isFinite()
            .isGreaterThanOrEqualTo(rate.get("p50_ms").asDouble());
      }
    }
    assertThat(result.get("flops_per_image").asLong()).isEqualTo(operations());
    assertThat(result.at("/infer_peak_share/of_matmul").asDouble()).isFinite().isPositive();
    JsonNode serve = result.get("serve");
    assertThat(serve.get("clients").asInt()).isEqualTo(2);
    assertThat(serve.get("requests").asInt()).isPositive();
    assertThat(serve.get("errors").asInt()).isZero();
    assertThat(serve.get("status_429").asInt()).isZero();
    assertThat(serve.get("mean_batch").asDouble()).isBetween(1.0, 2.0);
  }

  @Test
  void aPersonGetsATableOfThePartsThatWereAskedFor() {
    assertThat(run("--parts", "uap-step", "--threads", "1")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("threads: training 1, inference 1", "step of advencoder-per, batch 4")
        .doesNotContain("images/s", "GFLOP");
    assertThat(err.toString()).contains("uap-step");
  }

  @Test
  void numbersOutOfTheirRangeAreRefused() {
    assertThat(Main.run(new String[] {"bench", "--repeats", "0"}, writer(out), writer(err), false))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--repeats takes 1 to 1000, got 0.");
    assertThat(run("--parts", "speed")).isEqualTo(2);
    assertThat(err.toString()).contains("speed", "aft-step");
  }

  private static PrintWriter writer(StringWriter text) {
    return new PrintWriter(text);
  }

  private static void requireSpread(JsonNode spread, String name) {
    assertThat(spread.isObject()).as(name).isTrue();
    double median = spread.get("median").asDouble();
    assertThat(spread.get("min").asDouble()).as(name).isFinite().isPositive();
    assertThat(median).as(name).isBetween(spread.get("min").asDouble(), Double.MAX_VALUE);
    assertThat(spread.get("max").asDouble()).as(name).isFinite().isGreaterThanOrEqualTo(median);
  }

  /** Of three ResNet-18 with heads for ten classes, counted by hand. */
  private static long operations() {
    long sum = convolution(3, WIDTH, 3, SIDE) + 4 * convolution(WIDTH, WIDTH, 3, SIDE);
    int channels = WIDTH;
    int side = SIDE;
    for (int layer = 2; layer <= 4; layer++) {
      side /= 2;
      sum += convolution(channels, 2 * channels, 3, side);
      sum += 3 * convolution(2 * channels, 2 * channels, 3, side);
      sum += convolution(channels, 2 * channels, 1, side);
      channels *= 2;
    }
    long head = 2L * (2 * channels * channels + 10 * channels);
    return 3 * (sum + head);
  }

  private static long convolution(int in, int out, int kernel, int side) {
    return 2L * side * side * out * in * kernel * kernel;
  }
}
