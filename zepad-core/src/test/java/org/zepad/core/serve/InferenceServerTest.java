package org.zepad.core.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.runtime.Classification;
import org.zepad.core.runtime.Outputs;
import org.zepad.core.runtime.ZepadClassifier;
import org.zepad.core.serve.Wire.Answer;
import org.zepad.testkit.TestPictures;

class InferenceServerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SIZE = ServedModel.SIZE;
  private static final int EACH = 3 * SIZE * SIZE;
  private static final String INFER = "/v2/models/demo/infer";

  @TempDir static Path folder;

  private static ZepadClassifier classifier;
  private static InferenceServer server;
  private static URI at;

  @BeforeAll
  static void start() {
    classifier = ServedModel.load(folder);
    server = start(options());
    at = server.address();
  }

  private static ServeOptions options() {
    return ServeOptions.defaults().of("demo", "").limits(200_000, 10_000);
  }

  private static InferenceServer start(ServeOptions options) {
    return InferenceServer.start(classifier, options, "1.2");
  }

  @AfterAll
  static void stop() {
    server.close();
    classifier.close();
  }

  private static byte[] pixels(int images, long seed) {
    byte[] pixels = new byte[images * EACH];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }

  private static ObjectNode request(int images) {
    ObjectNode request = JSON.createObjectNode();
    ObjectNode input = request.putArray("inputs").addObject();
    input.put("name", "images").put("datatype", "UINT8");
    input.putArray("shape").add(images).add(3).add(SIZE).add(SIZE);
    return request;
  }

  private static byte[] json(byte[] pixels) throws IOException {
    ObjectNode request = request(pixels.length / EACH);
    ArrayNode data = ((ObjectNode) request.at("/inputs/0")).putArray("data");
    for (byte pixel : pixels) {
      data.add(pixel & 255);
    }
    return JSON.writeValueAsBytes(request);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    return TestPictures.bytes(image, "png");
  }

  private static JsonNode read(Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-type", "application/json");
    return JSON.readTree(answer.body());
  }

  private static String error(Answer answer, int status) throws IOException {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return JSON.readTree(answer.body()).get("error").asText();
  }

  private static JsonNode output(JsonNode reply, String name) {
    for (JsonNode output : reply.get("outputs")) {
      if (output.get("name").asText().equals(name)) {
        return output;
      }
    }
    throw new AssertionError("no output " + name + " in " + reply);
  }

  private static void assertClose(float[][] expected, JsonNode output) {
    JsonNode data = output.get("data");
    assertThat(output.get("shape"))
        .isEqualTo(JSON.createArrayNode().add(expected.length).add(expected[0].length));
    for (int i = 0; i < data.size(); i++) {
      assertThat(data.get(i).floatValue())
          .isCloseTo(expected[i / expected[0].length][i % expected[0].length], within(1e-5f));
    }
  }

  @Test
  void saysThatItLivesWhatItServesAndHow() throws IOException {
    assertThat(read(Wire.get(at, "/v2/health/live")).get("live").asBoolean()).isTrue();
    assertThat(read(Wire.get(at, "/v2/health/ready")).get("ready").asBoolean()).isTrue();
    JsonNode about = read(Wire.get(at, "/v2"));
    assertThat(about.get("version").asText()).isEqualTo("1.2");
    assertThat(about.get("extensions").toString()).contains("binary_tensor_data");
    JsonNode ready = read(Wire.get(at, "/v2/models/demo/versions/1/ready"));
    assertThat(ready.get("ready").asBoolean()).isTrue();
    JsonNode model = read(Wire.get(at, "/v2/models/demo"));
    assertThat(model.at("/inputs/0").toString())
        .isEqualTo("{\"name\":\"images\",\"datatype\":\"UINT8\",\"shape\":[-1,3,-1,-1]}");
    assertThat(model.get("outputs")).hasSize(12);
    assertThat(model.at("/outputs/0").toString())
        .isEqualTo("{\"name\":\"logits_letters\",\"datatype\":\"FP32\",\"shape\":[-1,5]}");
    assertThat(model.at("/parameters/tasks/0/classes/0").asText()).isEqualTo("alpha");
    assertThat(model.at("/parameters/branches/2/role").asText()).isEqualTo("BMP");
  }

  @Test
  void jsonTensorsGiveTheNumbersOfTheModel() throws IOException {
    byte[] pixels = pixels(3, 1);
    JsonNode reply = read(Wire.post(at, INFER, "application/json", json(pixels)));
    assertThat(reply.get("model_name").asText()).isEqualTo("demo");
    assertThat(reply.get("outputs")).hasSize(12);
    for (String task : List.of(ServedModel.LETTERS, ServedModel.DIGITS)) {
      Outputs expected = classifier.outputs(task, pixels, 3, SIZE, SIZE);
      assertClose(expected.logits(), output(reply, "logits_" + task));
      assertClose(expected.confidences(), output(reply, "confidences_" + task));
      for (int i = 0; i < 3; i++) {
        Classification seen =
            Classification.of(
                classifier.info().task(task),
                expected.logits()[i],
                expected.confidences()[i],
                expected.scores()[i]);
        assertThat(output(reply, "label_" + task).at("/data/" + i).asInt()).isEqualTo(seen.label());
        assertThat(output(reply, "flagged_" + task).at("/data/" + i).asBoolean())
            .isEqualTo(seen.flagged());
      }
    }
  }

  @Test
  void severalTasksOfARequestAreComputedInOneRun() throws IOException {
    try (InferenceServer own = start(options())) {
      read(Wire.post(own.address(), INFER, "application/json", json(pixels(3, 1))));
      String metrics = Wire.get(own.address(), "/metrics").text();
      assertThat(figure(metrics, "zepad_batch_size_sum")).isEqualTo(3);
      assertThat(figure(metrics, "zepad_batch_size_count")).isEqualTo(1);
      assertThat(figure(metrics, "zepad_images_total{task=\"letters\"}")).isEqualTo(3);
      assertThat(figure(metrics, "zepad_images_total{task=\"digits\"}")).isEqualTo(3);
    }
  }

  @Test
  void binaryTensorsInAndOutGiveTheSameNumbers() throws IOException {
    byte[] pixels = pixels(2, 2);
    ObjectNode request = request(2).put("id", "seven");
    ((ObjectNode) request.at("/inputs/0"))
        .putObject("parameters")
        .put("binary_data_size", pixels.length);
    ArrayNode outputs = request.putArray("outputs");
    for (String name : List.of("logits_digits", "label_digits", "flagged_digits")) {
      outputs.addObject().put("name", name).putObject("parameters").put("binary_data", true);
    }
    outputs.addObject().put("name", "score_digits");
    byte[] head = JSON.writeValueAsBytes(request);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head);
    body.writeBytes(pixels);
    Answer answer =
        Wire.once(
            at,
            "POST",
            INFER,
            body.toByteArray(),
            "Content-Type",
            "application/octet-stream",
            "Inference-Header-Content-Length",
            String.valueOf(head.length));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    int length = Integer.parseInt(answer.headers().get("inference-header-content-length"));
    JsonNode reply = JSON.readTree(answer.body(), 0, length);
    assertThat(reply.get("id").asText()).isEqualTo("seven");
    assertThat(reply.at("/outputs/0/parameters/binary_data_size").asInt()).isEqualTo(16);
    assertThat(reply.at("/outputs/1/parameters/binary_data_size").asInt()).isEqualTo(16);
    assertThat(reply.at("/outputs/2/parameters/binary_data_size").asInt()).isEqualTo(2);
    assertThat(answer.body()).hasSize(length + 34);
    ByteBuffer rest = ByteBuffer.wrap(answer.body(), length, 34).order(ByteOrder.LITTLE_ENDIAN);
    Outputs expected = classifier.outputs("digits", pixels, 2, SIZE, SIZE);
    for (int i = 0; i < 4; i++) {
      assertThat(rest.getFloat()).isCloseTo(expected.logits()[i / 2][i % 2], within(1e-5f));
    }
    for (int i = 0; i < 2; i++) {
      float[] logits = expected.logits()[i];
      assertThat(rest.getLong()).isEqualTo(logits[1] > logits[0] ? 1 : 0);
    }
    assertThat(reply.at("/outputs/3/data/1").floatValue())
        .isCloseTo(expected.scores()[1], within(1e-5f));
  }

  @Test
  void aPictureIsClassifiedAsByTheRuntimeItselfHoweverItIsSent() throws IOException {
    BufferedImage picture = TestPictures.flat(40, 30, 0x3060c0);
    picture.setRGB(3, 4, 0xff0000);
    byte[] file = png(picture);
    Classification expected =
        classifier.predict(ServedModel.LETTERS, List.of(planes(picture))).get(0);
    byte[] form =
        TestForms.of("b0undary", "note", "", "no picture")
            .and("image", "my \"photo\".png", file)
            .bytes();
    for (Answer answer :
        List.of(
            Wire.post(at, "/predict?task=letters", "image/png", file),
            Wire.post(at, "/predict?task=letters", "multipart/form-data; boundary=b0undary", form),
            Wire.once(
                at,
                "POST",
                "/predict?task=letters",
                TestForms.chunked(file),
                "Content-Type",
                "image/png",
                "Content-Length",
                "",
                "Transfer-Encoding",
                "chunked"))) {
      JsonNode reply = read(answer);
      assertThat(reply.get("class").asText()).isEqualTo(expected.className());
      assertThat(reply.get("probability").asDouble())
          .isCloseTo(expected.probability(), within(1e-5));
      assertThat(reply.get("top")).hasSize(5);
      assertThat(reply.at("/branches/0/name").asText()).isEqualTo("victim");
      assertThat(reply.at("/branches/0/confidence").asDouble())
          .isCloseTo(expected.confidences().get(0), within(1e-5));
      assertThat(reply.at("/detection/flagged").asBoolean()).isEqualTo(expected.flagged());
      assertThat(reply.at("/picture/width").asInt()).isEqualTo(40);
    }
  }

  private static RgbImage planes(BufferedImage picture) {
    int plane = picture.getWidth() * picture.getHeight();
    byte[] planes = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      int rgb = picture.getRGB(i % picture.getWidth(), i / picture.getWidth());
      planes[i] = (byte) (rgb >> 16);
      planes[plane + i] = (byte) (rgb >> 8);
      planes[2 * plane + i] = (byte) rgb;
    }
    return new RgbImage(picture.getWidth(), picture.getHeight(), planes);
  }

  @Test
  void whatIsNotThereOrNotSoIsRefusedWithTheReason() throws IOException {
    assertThat(error(Wire.get(at, "/nothing"), 404)).contains("/nothing");
    assertThat(error(Wire.get(at, "/v2/models/other"), 404)).contains("the model is 'demo'");
    assertThat(error(Wire.get(at, "/v2/models/demo/versions/2"), 404)).contains("version is 1");
    assertThat(error(Wire.post(at, "/v2/repository/models/x/load", "a/b", new byte[0]), 404))
        .contains("nothing at");
    Answer wrong = Wire.get(at, "/predict");
    assertThat(error(wrong, 405)).contains("does not answer GET");
    assertThat(wrong.headers()).containsEntry("allow", "POST");
    assertThat(Wire.post(at, "/metrics", "text/plain", new byte[3]).headers())
        .containsEntry("allow", "GET, HEAD");
    byte[] file = png(TestPictures.flat(4, 4, 0));
    assertThat(error(Wire.post(at, "/predict", "image/png", file), 400)).contains("?task=");
    assertThat(error(Wire.post(at, "/predict?task=x", "image/png", file), 400))
        .contains("[letters, digits]");
    assertThat(error(Wire.post(at, "/predict?task=letters", "text/plain", file), 415))
        .contains("image/*");
    assertThat(
            error(
                Wire.once(
                    at,
                    "POST",
                    "/predict?task=letters",
                    file,
                    "Content-Type",
                    "image/png",
                    "Content-Encoding",
                    "gzip"),
                415))
        .contains("gzip");
    assertThat(error(Wire.post(at, "/predict?task=letters", "image/png", new byte[0]), 400))
        .contains("empty");
    assertThat(
            error(
                Wire.post(
                    at,
                    "/predict?task=letters",
                    "image/png",
                    "no picture".getBytes(StandardCharsets.UTF_8)),
                400))
        .contains("no picture that can be read");
    byte[] cut = TestPictures.bytes(TestPictures.flat(40, 40, 7), "jpg");
    assertThat(
            error(
                Wire.post(at, "/predict?task=letters", "image/jpeg", Arrays.copyOf(cut, 200)), 400))
        .doesNotContain("/");
    assertThat(
            error(
                Wire.post(at, "/predict?task=letters", "image/tiff", new byte[] {'I', 'I', 42, 0}),
                415))
        .contains("TIFF");
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItTakesMemory() throws IOException {
    byte[] huge = TestPictures.hugeByItsHeader();
    assertThat(error(Wire.post(at, "/predict?task=letters", "image/png", huge), 413))
        .contains("pixels");
    assertThat(error(Wire.post(at, "/predict?task=letters", "image/png", new byte[300_000]), 413))
        .contains("200000 bytes");
    try (Wire wire = new Wire(at)) {
      wire.send(wire.head("POST", INFER, 9_000_000_000_000_000L, "Content-Type", "a/b"));
      assertThat(error(wire.answer(false), 413)).contains("200000 bytes");
    }
  }

  @Test
  void whatDeclaresTooMuchIsRefusedBeforeAnythingIsMadeOfIt() throws IOException {
    assertThat(declared(400, 1, 60_000, 60_000)).contains("1 to 8192 rows and columns");
    assertThat(declared(400, 1, 1, 8193)).contains("1 to 8192 rows and columns");
    assertThat(declared(400, 1L << 62, 8192, 8192)).contains("does not fit 900 values");
    assertThat(declared(400, 256, 1, 2)).contains("does not fit 900 values");
    assertThat(declared(413, 300, 1, 1)).contains("at most 256 images are taken at once");
  }

  /** Why 900 bytes are refused that claim to be such images. */
  private static String declared(int status, long images, int height, int width)
      throws IOException {
    byte[] head =
        ("{\"inputs\":[{\"name\":\"images\",\"datatype\":\"UINT8\",\"shape\":[%d,3,%d,%d],"
                + "\"parameters\":{\"binary_data_size\":900}}]}")
            .formatted(images, height, width)
            .getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(head, head.length + 900);
    String length = String.valueOf(head.length);
    return error(
        Wire.once(at, "POST", INFER, body, "Inference-Header-Content-Length", length), status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:80", ""})
  void aNameThatIsNotThisMachineIsRefused(String host) throws IOException {
    Answer answer = Wire.once(at, "GET", "/v2", new byte[0], "Host", host);
    assertThat(answer.status()).isIn(400, 421);
  }

  @Test
  void pagesOfOtherSitesMayNotUseItAndNoneIsLetReadIt() throws IOException {
    byte[] body = json(pixels(1, 4));
    for (String origin : List.of("http://evil.example", "null", "http://127.0.0.1:1")) {
      assertThat(Wire.once(at, "POST", INFER, body, "Origin", origin).status()).isEqualTo(403);
    }
    Answer own = Wire.once(at, "POST", INFER, body, "Origin", "http://" + at.getAuthority());
    assertThat(own.status()).isEqualTo(200);
    assertThat(own.headers())
        .doesNotContainKey("access-control-allow-origin")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("cross-origin-resource-policy", "same-origin");
  }

  @Test
  void aConnectionServesManyRequestsRefusedOnesToo() throws IOException {
    try (Wire wire = new Wire(at)) {
      for (int i = 0; i < 5; i++) {
        assertThat(wire.ask("POST", INFER, json(pixels(1, i))).status()).isEqualTo(200);
        assertThat(wire.ask("POST", INFER, new byte[10]).status()).isEqualTo(400);
        assertThat(wire.ask("GET", "/nothing", new byte[0]).status()).isEqualTo(404);
        assertThat(wire.ask("HEAD", "/v2", new byte[0]).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void requestsOfManyClientsAreComputedTogetherAndNoneGetsTheNumbersOfAnother() throws Exception {
    try (InferenceServer own =
        start(options().of("demo", "letters").batching(16, Duration.ofMillis(200), 64))) {
      List<Answer> answers =
          together(
              32, i -> Wire.post(own.address(), INFER, "application/json", json(pixels(1, i))));
      for (int i = 0; i < answers.size(); i++) {
        JsonNode reply = read(answers.get(i));
        assertThat(reply.get("outputs")).hasSize(6);
        assertClose(
            classifier.outputs("letters", pixels(1, i), 1, SIZE, SIZE).logits(),
            output(reply, "logits_letters"));
      }
      String metrics = Wire.get(own.address(), "/metrics").text();
      assertThat(figure(metrics, "zepad_batch_size_sum")).isEqualTo(32);
      assertThat(figure(metrics, "zepad_batch_size_count")).isLessThanOrEqualTo(8);
      assertThat(figure(metrics, "zepad_images_total{task=\"letters\"}")).isEqualTo(32);
    }
  }

  @Test
  void metricsAreCountedInTheFormThatPrometheusReads() throws IOException {
    read(Wire.post(at, INFER, "application/json", json(pixels(1, 9))));
    Answer answer = Wire.get(at, "/metrics");
    assertThat(answer.headers().get("content-type")).startsWith("text/plain; version=0.0.4");
    String text = answer.text();
    assertThat(text.lines())
        .allMatch(
            line ->
                line.matches("# (HELP|TYPE) zepad_[a-z_]+ .+")
                    || line.matches(
                        "zepad_[a-z_]+(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*})?"
                            + " [0-9.E+-]+"));
    String infer = "route=\"/v2/models/*/infer\"";
    assertThat(figure(text, "zepad_requests_total{" + infer + ",status=\"200\"}")).isPositive();
    assertThat(figure(text, "zepad_request_duration_seconds_count{" + infer + "}")).isPositive();
    double all = figure(text, "zepad_images_total{task=\"digits\"}");
    assertThat(figure(text, "zepad_images_flagged_total{task=\"digits\"}")).isBetween(0.0, all);
    assertThat(figure(text, "zepad_batch_size_bucket{le=\"+Inf\"}"))
        .isEqualTo(figure(text, "zepad_batch_size_count"));
  }

  @Test
  void aFullQueueAnswersAtOnceThatItIsFull() throws Exception {
    // The first batch waits for company, so whatever comes next finds the queue full.
    try (InferenceServer own =
        start(options().of("demo", "letters").batching(4, Duration.ofSeconds(2), 4))) {
      List<Answer> answers =
          together(2, i -> Wire.post(own.address(), INFER, "application/json", json(pixels(3, i))));
      List<Integer> statuses = answers.stream().map(Answer::status).sorted().toList();
      assertThat(statuses).containsExactly(200, 429);
      Answer refused = answers.stream().filter(a -> a.status() == 429).findFirst().orElseThrow();
      assertThat(refused.headers()).containsEntry("retry-after", "1");
      assertThat(error(refused, 429)).contains("try again");
    }
  }

  @Test
  void whoEndsAnswersWhatItHasAndRefusesTheRest() throws Exception {
    InferenceServer own =
        start(options().of("demo", "letters").batching(8, Duration.ofSeconds(1), 64));
    URI there = own.address();
    ExecutorService clients = Executors.newFixedThreadPool(3);
    try (Wire idle = new Wire(there)) {
      Future<Answer> waiting =
          clients.submit(() -> Wire.post(there, INFER, "application/json", json(pixels(1, 1))));
      waitForQueued(there);
      Future<?> ending = clients.submit(own::close);
      Answer ready = idle.ask("GET", "/v2/health/ready", new byte[0]);
      while (ready.status() == 200) {
        ready = Wire.get(there, "/v2/health/ready");
      }
      assertThat(ready.status()).isEqualTo(503);
      Answer late = Wire.post(there, INFER, "application/json", json(pixels(1, 2)));
      assertThat(error(late, 503)).contains("shutting down");
      assertThat(Wire.get(there, "/v2/health/live").status()).isEqualTo(200);
      assertThat(waiting.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
      ending.get(20, TimeUnit.SECONDS);
      assertThat(refusesConnections(there)).isTrue();
      own.close();
    } finally {
      clients.shutdownNow();
    }
  }

  private static void waitForQueued(URI there) throws Exception {
    while (figure(Wire.get(there, "/metrics").text(), "zepad_queue_images") < 1) {
      Thread.sleep(5);
    }
  }

  private static boolean refusesConnections(URI there) {
    try {
      Wire.get(there, "/v2");
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void manyRequestsLeaveNoMemoryBehind() throws Exception {
    byte[] tensors = json(pixels(1, 5));
    byte[] picture = png(TestPictures.flat(30, 30, 0x123456));
    try (InferenceServer own = start(options().batching(8, Duration.ZERO, 64))) {
      requests(own.address(), 300, tensors, picture);
      long heap = heap();
      long resident = resident();
      requests(own.address(), 1500, tensors, picture);
      assertThat(heap() - heap).as("growth of the heap").isLessThan(4L << 20);
      assertThat(resident() - resident).as("growth of the process").isLessThan(64L << 20);
    }
  }

  private static void requests(URI there, int count, byte[] tensors, byte[] picture)
      throws Exception {
    together(
        4,
        client -> {
          Answer last = null;
          try (Wire wire = new Wire(there)) {
            for (int i = 0; i < count / 4; i++) {
              last =
                  i % 2 == 0
                      ? wire.ask("POST", INFER, tensors)
                      : wire.ask(
                          "POST", "/predict?task=digits", picture, "Content-Type", "image/png");
              assertThat(last.status()).as(last.text()).isEqualTo(200);
            }
          }
          return last;
        });
  }

  private static long heap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
      least =
          Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    return least;
  }

  /** Bytes of memory that the process takes; 0 where the system does not tell. */
  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    }
  }

  /** What a client does. */
  private interface Client {
    Answer ask(int number) throws Exception;
  }

  private static List<Answer> together(int clients, Client client) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Callable<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int number = i;
        calls.add(() -> client.ask(number));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> future : threads.invokeAll(calls)) {
        answers.add(future.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private static double figure(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in\n" + metrics));
  }
}
