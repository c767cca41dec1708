package org.zepad.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.DefenceTarget;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.detect.ConfidenceGap;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.evaluate.ArrayBatches;
import org.zepad.core.fusion.RobustFederalDecision;
import org.zepad.core.head.Head;
import org.zepad.core.io.Sha256;
import org.zepad.core.plugin.PluginCatalogue;
import org.zepad.core.plugin.PluginRegistry;

class BundleTest {
  private static final PluginChoice FUSION =
      new PluginChoice("robust-federal-decision", Map.of("k", 3.0));
  private static final PluginChoice DETECTOR = new PluginChoice("confidence-gap", Map.of());

  private final PluginRegistry plugins =
      new PluginRegistry(
          new PluginCatalogue(List.of(), List.of(), List.of()),
          Map.of("tiny", new TinyBackboneProvider()),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of("robust-federal-decision", new RobustFederalDecision()),
          Map.of("confidence-gap", new ConfidenceGap()));

  @TempDir private Path temporary;
  private Path folder;
  private RunContext context;
  private NDArray images;
  private List<Branch> branches;

  @BeforeEach
  void write() {
    context = RunContexts.root(5, Device.cpu(), Progress.silent());
    folder = temporary.resolve("bundle");
    images = ArrayBatches.stripes(context.manager(), 20, 8, 4, 1).images();
    branches =
        List.of(
            new Branch("victim", Role.MPAE, encoder("victim")),
            new Branch("helper", Role.BMP, encoder("helper")));
    BundleWriter.create(folder, branches, FUSION, DETECTOR, Map.of("seed", "5"));
    BundleWriter.putTask(folder, task("shapes", 4));
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void aReloadedBundleGivesTheSameBits() {
    Map<String, Head> heads = heads("shapes", 4);
    float[] logits;
    float[] scores;
    try (Bundle bundle = Bundle.open(folder, plugins, context)) {
      DefenceTarget.Output before = bundle.model(heads).forward(images);
      logits = before.fused().logits().toFloatArray();
      scores = before.detection().toFloatArray();
    }
    try (RunContext fresh = RunContexts.root(99, Device.cpu(), Progress.silent());
        Bundle bundle = Bundle.open(folder, plugins, fresh)) {
      DefenceTarget.Output output = bundle.model("shapes").forward(images);
      assertThat(output.fused().logits().toFloatArray()).isEqualTo(logits);
      assertThat(output.detection().toFloatArray()).isEqualTo(scores);
      assertThat(bundle.threshold("shapes")).isEqualTo(DetectionThreshold.fixed(0.1));
      assertThat(bundle.classes("shapes"))
          .containsExactly("class-0", "class-1", "class-2", "class-3");
      assertThat(bundle.manifest().provenance()).containsEntry("seed", "5");
      assertThat(bundle.branches().stream().map(Branch::role)).containsExactly(Role.MPAE, Role.BMP);
    }
  }

  @Test
  void theSameContentGivesTheSameBytes() throws IOException {
    Path twin = temporary.resolve("twin");
    BundleWriter.create(twin, branches, FUSION, DETECTOR, Map.of("seed", "5"));
    BundleWriter.putTask(twin, task("shapes", 4));
    assertThat(files(twin)).isEqualTo(files(folder));
    for (String file : files(folder)) {
      assertThat(twin.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
    }
  }

  @Test
  void tasksAreAddedAndReplacedWithoutTouchingTheOthers() throws IOException {
    byte[] before = Files.readAllBytes(folder.resolve("heads/shapes/victim.safetensors"));
    BundleWriter.putTask(folder, task("digits", 10));
    BundleWriter.putTask(folder, task("digits", 7));
    assertThat(folder.resolve("heads/shapes/victim.safetensors")).hasBinaryContent(before);
    try (Bundle bundle = Bundle.open(folder, plugins, context)) {
      assertThat(bundle.model("digits").classes()).isEqualTo(7);
      assertThat(bundle.model("shapes").classes()).isEqualTo(4);
      assertThatThrownBy(() -> bundle.model("letters"))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("letters")
          .hasMessageContaining("shapes");
    }
    try (Stream<Path> siblings = Files.list(temporary)) {
      assertThat(siblings).containsExactly(folder);
    }
  }

  @Test
  void aFileIsAddedAndCheckedLikeTheOthers() throws IOException {
    BundleWriter.putFile(folder, "onnx/shapes.onnx", f -> Files.writeString(f, "graph"));
    assertThat(Bundle.inspect(folder).files()).containsKey("onnx/shapes.onnx");
    BundleWriter.putTask(folder, task("digits", 3));
    assertThat(folder.resolve("onnx/shapes.onnx")).hasContent("graph");
    Files.writeString(folder.resolve("onnx/shapes.onnx"), "forged");
    refused("onnx/shapes.onnx");
  }

  @Test
  void headsThatDoNotFitLeaveTheBundleAsItWas() {
    BundleManifest before = Bundle.inspect(folder);
    TaskHeads lacking =
        new TaskHeads(
            "digits",
            List.of("a", "b"),
            Map.of("victim", head(1, 2)),
            DetectionThreshold.fixed(0),
            Map.of());
    assertThatThrownBy(() -> BundleWriter.putTask(folder, lacking))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("helper");
    assertThatThrownBy(() -> BundleWriter.putTask(folder, task("../evil", 2)))
        .isInstanceOf(ZepadException.class);
    assertThat(Bundle.inspect(folder)).isEqualTo(before);
  }

  @Test
  void somethingElseIsNotReplaced() throws IOException {
    Path precious = Files.createDirectory(temporary.resolve("precious"));
    Files.writeString(precious.resolve("letter.txt"), "dear");
    assertThatThrownBy(() -> BundleWriter.create(precious, branches, FUSION, DETECTOR, Map.of()))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("no bundle");
    assertThat(precious.resolve("letter.txt")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bundle.json",
        "encoders/victim.safetensors",
        "encoders/helper.safetensors",
        "heads/shapes/victim.safetensors"
      })
  void aMissingFileIsNamed(String path) throws IOException {
    Files.delete(folder.resolve(path));
    refused(path);
  }

  @Test
  void aFlippedBitIsFound() throws IOException {
    Path file = folder.resolve("encoders/victim.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    refused("SHA-256");
  }

  @Test
  void ofFilesThatNobodyUsesNothingIsAsked() throws IOException {
    String broken = "encoders/victim.safetensors";
    Files.writeString(folder.resolve(broken), "broken");
    Set<String> others = Set.of("heads/shapes/victim.safetensors", "onnx/absent.onnx");
    assertThat(Bundle.inspect(folder, others).tasks()).hasSize(1);
    assertThatThrownBy(() -> Bundle.inspect(folder, Set.of(broken)))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("SHA-256");
  }

  @Test
  void aLinkIsRefusedEvenWithTheRightContent() throws IOException {
    Path file = folder.resolve("encoders/victim.safetensors");
    Path outside = Files.move(file, temporary.resolve("outside.safetensors"));
    Files.createSymbolicLink(file, outside);
    refused("link");

    Files.delete(file);
    Files.move(outside, file);
    Path moved = Files.move(folder.resolve("encoders"), temporary.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("encoders"), moved);
    refused("link");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside.safetensors",
        "encoders/../../outside.safetensors",
        "/etc/passwd",
        "c:/x",
        "encoders\\\\x",
        "encoders//x",
        ".hidden",
        "encoders/./x",
        ""
      })
  void aPathThatLeavesTheFolderIsRefused(String path) throws IOException {
    Files.writeString(temporary.resolve("outside.safetensors"), "x");
    String hash = Sha256.of("x".getBytes(StandardCharsets.UTF_8));
    edit(
        json ->
            json.replace("encoders/victim.safetensors", path)
                .replace("\"files\" : {", "\"files\" : {\"" + path + "x\":\"" + hash + "\","));
    refused("no plain path");
  }

  @Test
  void hostileManifestsAreRefusedInPlainWords() throws IOException {
    String good = Files.readString(folder.resolve(BundleManifest.FILE));
    hostile(good, json -> "{", "not valid JSON");
    hostile(good, json -> "[]", "must be a JSON object");
    hostile(good, json -> json + "{}", "not valid JSON");
    hostile(
        good, json -> json.replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"), "version");
    hostile(good, json -> json.replace("\"formatVersion\" : 1,", ""), "version");
    hostile(good, json -> json.replace("\"fusion\"", "\"fusions\""), "unknown field 'fusions'");
    hostile(
        good,
        json -> json.replace("\"provenance\" : {", "\"fusion\" : 3, \"provenance\" : {"),
        "not valid JSON");
    hostile(good, json -> json.replace("\"mpae\"", "\"mpa\""), "mpae or bmp");
    hostile(good, json -> json.replace("\"size\" : 8", "\"size\" : 0"), "preprocessing");
    hostile(good, json -> json.replace("\"size\" : 8", "\"size\" : \"8\""), "whole number");
    hostile(good, json -> json.replace("\"class-1\"", "\"class-0\""), "classes");
    hostile(good, json -> json.replace("\"name\" : \"helper\"", "\"name\" : \"Hel per\""), "kebab");
    hostile(good, json -> json.replace("\"name\" : \"helper\"", "\"name\" : \"victim\""), "twice");
    hostile(good, json -> "[".repeat(100_000), "not valid JSON");
  }

  @Test
  void aPluginThatIsNotThereIsNamed() throws IOException {
    edit(json -> json.replace("robust-federal-decision", "third-party-fusion"));
    refused("third-party-fusion");
  }

  @Test
  void anOptionThatIsNotThereIsNamed() throws IOException {
    edit(json -> json.replace("\"k\" : 3.0", "\"kk\" : 3.0"));
    refused("kk");
  }

  @Test
  void aHeadOfAnotherTaskDoesNotFit() throws IOException {
    BundleWriter.putTask(folder, task("digits", 7));
    edit(
        json ->
            json.replace(
                "\"victim\" : \"heads/shapes/victim.safetensors\"",
                "\"victim\" : \"heads/digits/victim.safetensors\""));
    try (Bundle bundle = Bundle.open(folder, plugins, context)) {
      assertThatThrownBy(() -> bundle.model("shapes"))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("no head for");
    }
  }

  private void hostile(String good, UnaryOperator<String> change, String expected)
      throws IOException {
    assertThat(change.apply(good)).isNotEqualTo(good);
    Files.writeString(folder.resolve(BundleManifest.FILE), change.apply(good));
    refused(expected);
  }

  private void edit(UnaryOperator<String> change) throws IOException {
    Path file = folder.resolve(BundleManifest.FILE);
    String before = Files.readString(file);
    assertThat(change.apply(before)).isNotEqualTo(before);
    Files.writeString(file, change.apply(before));
  }

  private AbstractThrowableAssert<?, ?> refused(String expected) {
    return assertThatThrownBy(() -> Bundle.open(folder, plugins, context).close())
        .isInstanceOfSatisfying(
            ZepadException.class, e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.INPUT))
        .hasMessageContaining(expected);
  }

  private Encoder encoder(String name) {
    EncoderInfo info =
        new EncoderInfo(
            "tiny",
            Map.of("features", 16, "size", 8),
            "none",
            Preprocessing.imagenet(8),
            Map.of("made", name));
    // The encoder outlives the part, whose scope is freed with the whole.
    return new BackboneEncoder(info, plugins::createBackbone, context.child(name));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private TaskHeads task(String name, int classes) {
    return new TaskHeads(
        name,
        Stream.iterate(0, i -> i + 1).limit(classes).map(i -> "class-" + i).toList(),
        heads(name, classes),
        DetectionThreshold.fixed(0.1),
        Map.of("data", name));
  }

  private Map<String, Head> heads(String task, int classes) {
    return Map.of("victim", head(task.length(), classes), "helper", head(77, classes));
  }

  private Head head(long seed, int classes) {
    return new Head(context.manager(), 16, classes, Head.DROPOUT, seed);
  }
}
