package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.cli.PackagedProgram.Result;
import org.zepad.core.testkit.PluginJars;

/**
 * The guide for third parties, followed to the letter in one folder: its sources are compiled
 * against the packaged program and packed, its commands run, its tests pass, and what it says of
 * files is what lies in them.
 */
@DisabledOnOs(OS.WINDOWS)
class GuideIT {
  private static final Path DOCS = PackagedProgram.HOME.resolve("docs");
  private static final String PLUGINS = "my-plugins";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static PackagedProgram zepad;
  private static List<GuidePage> pages;
  private static final Map<String, Result> results = new LinkedHashMap<>();

  @BeforeAll
  static void followsTheGuide() throws Exception {
    zepad = PackagedProgram.in(folder);
    pages = GuidePage.all(DOCS);
    for (GuidePage page : pages) {
      for (Map.Entry<String, String> file : page.files().entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
      for (Map.Entry<String, String> source : page.sources().entrySet()) {
        String path = source.getKey().replace('.', '/') + ".java";
        Path file = folder.resolve("src").resolve(page.name()).resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, source.getValue());
      }
    }
    for (GuidePage page : pages) {
      for (String script : page.scripts()) {
        runScript(script);
      }
      pack(page);
      for (List<String> command : page.commands()) {
        Result result = zepad.run(command.toArray(String[]::new));
        assertThat(result.exitCode()).as("zepad %s: %s", command, result.err()).isZero();
        assertThat(result.err()).as("zepad %s", command).doesNotContain("warning");
        results.put(String.join(" ", command), result);
      }
    }
  }

  private static void runScript(String script) throws Exception {
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-e", "-c", script).directory(folder.toFile()).inheritIO();
    Map<String, String> environment = shell.environment();
    environment.put("ZEPAD", PackagedProgram.HOME.toString());
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    environment.merge("PATH", java, (old, own) -> own + File.pathSeparator + old);
    assertThat(shell.start().waitFor()).as(script).isZero();
  }

  /** Does what the guide's script does for one plugin, for a page that leaves it out. */
  private static void pack(GuidePage page) throws IOException {
    Path jar = folder.resolve(PLUGINS).resolve(page.name() + ".jar");
    if (!page.sources().isEmpty() && !Files.exists(jar)) {
      Map<String, String> resources = new LinkedHashMap<>(page.resources());
      resources.put("META-INF/MANIFEST.MF", Files.readString(folder.resolve("MANIFEST.MF")));
      new PluginJars(folder, jars("lib")).jar(jar, page.sources(), resources);
    }
  }

  /** The jars in a folder of the program, as a path. */
  private static String jars(String part) throws IOException {
    try (Stream<Path> files = Files.list(PackagedProgram.HOME.resolve(part))) {
      return files.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
  }

  @Test
  void noExampleIsLong() {
    assertThat(pages).hasSizeGreaterThan(10);
    for (GuidePage page : pages) {
      Stream.of(page.sources(), page.tests())
          .flatMap(sources -> sources.entrySet().stream())
          .forEach(
              source ->
                  assertThat(source.getValue().lines().count())
                      .as(source.getKey())
                      .isLessThan(150));
    }
  }

  @Test
  void everyPluginIsListedWithItsJarAndWhatItRebinds() {
    String list = results.get("plugins --plugin-path my-plugins").out();
    assertThat(list.lines().map(line -> line.replaceAll(" {2,}", " ")))
        .anyMatch(line -> line.startsWith("backbone patches 1.0 backbone.jar "))
        .anyMatch(line -> line.startsWith("ssl-method sphere 1.0 ssl-method.jar "))
        .anyMatch(line -> line.startsWith("attack gratings 1.0 attack.jar "))
        .anyMatch(line -> line.startsWith("attack mi-fgsm 1.0 attack.jar "))
        .anyMatch(line -> line.startsWith("dataset stripes 1.0 dataset.jar "))
        .anyMatch(line -> line.startsWith("defence fare 1.0 defence.jar "))
        .anyMatch(line -> line.startsWith("fusion product-of-experts 1.0 fusion.jar "))
        .anyMatch(line -> line.startsWith("fusion equal 1.0 bundle-module.jar "))
        .anyMatch(line -> line.startsWith("detector disagreement 1.0 detector.jar "))
        .anyMatch(line -> line.startsWith("detector house-margin 1.0 bundle-module.jar "))
        .contains(
            "Guice module com.example.house.HouseModule (bundle-module.jar) rebinds"
                + " FusionProvider 'equal'");
  }

  @Test
  void whatWasMadeNamesThePlugins() throws IOException {
    JsonNode encoder = metadata("sphere.safetensors", "zepad.encoder");
    assertThat(encoder.path("method").asText()).isEqualTo("sphere");
    assertThat(encoder.path("backbone").asText()).isEqualTo("patches");
    assertThat(header("gratings.safetensors").path("attack").asText()).isEqualTo("gratings");
    JsonNode evaluation = json("report.json").path("evaluations").path(0);
    assertThat(evaluation.path("attack").asText()).startsWith("mi-fgsm");
    JsonNode bundle = json("fare/bundle.json");
    assertThat(bundle.at("/fusion/name").asText()).isEqualTo("product-of-experts");
    assertThat(bundle.at("/detector/name").asText()).isEqualTo("disagreement");
    assertThat(bundle.at("/provenance/defence").asText()).isEqualTo("fare");
    assertThat(folder.resolve("fare/onnx/model.onnx")).isNotEmptyFile();
    assertThat(json("house/bundle.json").at("/detector/name").asText()).isEqualTo("house-margin");
    assertThat(folder.resolve("stripes.png")).isNotEmptyFile();
  }

  @Test
  void theGuideNamesEveryFieldOfTheFiles() throws IOException {
    String guide = Files.readString(DOCS.resolve("architecture.md"));
    List<String> fields = new ArrayList<>();
    JsonNode bundle = json("fare/bundle.json");
    for (JsonNode part :
        List.of(
            bundle,
            bundle.at("/branches/0"),
            bundle.at("/branches/0/preprocessing"),
            bundle.path("fusion"),
            bundle.at("/tasks/0"),
            bundle.at("/tasks/0/threshold"),
            metadata("sphere.safetensors", "zepad.encoder"),
            json("report.json"),
            json("report.json").at("/evaluations/0"))) {
      assertThat(part.size()).isPositive();
      part.fieldNames().forEachRemaining(fields::add);
    }
    header("gratings.safetensors")
        .fieldNames()
        .forEachRemaining(name -> fields.add(name.replaceFirst("\\..*", ".NAME")));
    assertThat(fields).allSatisfy(field -> assertThat(guide).contains("`" + field + "`"));
  }

  @Test
  void theContractsOfTheTestKitHold() throws Exception {
    Map<String, String> tests = new LinkedHashMap<>();
    pages.forEach(page -> tests.putAll(page.tests()));
    String path =
        Stream.concat(
                pages.stream()
                    .map(page -> folder.resolve(PLUGINS).resolve(page.name() + ".jar"))
                    .filter(Files::exists)
                    .map(Path::toString),
                Stream.of(jars("lib"), jars("testkit"), testLibraries()))
            .collect(Collectors.joining(File.pathSeparator));
    Path jar = new PluginJars(folder, path).jar(folder.resolve("tests.jar"), tests, Map.of());
    Path log = folder.resolve("tests.txt");
    ProcessBuilder launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-DPYTORCH_LIBRARY_PATH=" + PackagedProgram.HOME.resolve("native"),
                "-cp",
                jar + File.pathSeparator + path,
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--scan-class-path=" + jar,
                "--disable-banner")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // As the program's own launcher has it: threads that spin crawl on a shared machine.
    launcher.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    Process process = launcher.start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).contains(tests());
  }

  /** What the launcher says of each class that holds tests. */
  private static List<String> tests() {
    return pages.stream()
        .flatMap(page -> page.tests().keySet().stream())
        .map(type -> type.substring(type.lastIndexOf('.') + 1))
        .toList();
  }

  /** What a third party gets from Maven Central for its tests. */
  private static String testLibraries() {
    return Stream.of(PluginJars.own().split(File.pathSeparator))
        .filter(jar -> jar.matches(".*(junit|open-?test|apiguardian|assertj|byte-buddy)[^/]*jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void aBrokenContractIsToldByItsClause() throws Exception {
    Result result = zepad.run("plugins", "check", "my-plugins/backbone.jar", "--json");
    assertThat(result.exitCode()).isEqualTo(ZepadException.Kind.INPUT.exitCode());
    assertThat(result.err())
        .contains("backbone.jar breaks 1 of the 14 clauses")
        .contains("--lacks");
    assertThat(result.out())
        .contains("\"inner layers are shown by name\"")
        .contains("it shows no layers");
    Result missing = zepad.run("plugins", "check", "nowhere.jar");
    assertThat(missing.exitCode()).isEqualTo(ZepadException.Kind.USAGE.exitCode());
    assertThat(missing.err()).contains("There is no nowhere.jar");
  }

  /** The variable names plugin folders as the option does. */
  @Test
  void theEnvironmentNamesPluginFolders() throws Exception {
    Result result = zepad.with("ZEPAD_PLUGINS", PLUGINS).run("plugins", "show", "gratings");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("attack.jar");
  }

  @Test
  void anotherModuleThatRebindsTheSameIsRefused(@TempDir Path rival) throws Exception {
    GuidePage page =
        pages.stream().filter(p -> p.name().equals("bundle-module")).findFirst().orElseThrow();
    Map<String, String> sources = new LinkedHashMap<>();
    page.sources()
        .forEach(
            (type, text) ->
                sources.put(
                    type.replace("example.house", "rival"),
                    text.replace("example.house", "rival").replace("house-margin", "rival")));
    new PluginJars(folder, jars("lib")).jar(rival.resolve("rival.jar"), sources, Map.of());
    Result result = zepad.run("plugins", "--plugin-path", PLUGINS + File.pathSeparator + rival);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("com.example.house.HouseModule (bundle-module.jar)")
        .contains("com.rival.HouseModule (rival.jar)");
  }

  /** One of them is a module and the other is not, since they are kept apart in unlike ways. */
  @Test
  void twoPluginsBringTheirOwnVersionsOfALibrary(@TempDir Path apart) throws Exception {
    for (String version : List.of("1", "2")) {
      Path own = apart.resolve("plugin-" + version);
      Path library =
          new PluginJars(folder, "")
              .jar(
                  own.resolve("units.jar"),
                  Map.of(
                      "units.Units",
                      "package units; public class Units { public static String version() {"
                          + " return \"units %s\"; } }".formatted(version)),
                  Map.of(
                      "META-INF/MANIFEST.MF",
                      "Manifest-Version: 1.0\nAutomatic-Module-Name: units\n"));
      String type = "Fusion" + version;
      Map<String, String> sources = new LinkedHashMap<>();
      sources.put(
          "third." + type,
          PluginJars.fusion(type, "fusion-" + version)
              .replace("\"made by " + type + "\"", "\"made with \" + units.Units.version()"));
      boolean modular = version.equals("1");
      if (modular) {
        sources.put(
            "module-info",
            "module third.one { requires org.zepad.api; requires units;"
                + " provides org.zepad.api.fusion.FusionProvider with third.Fusion1; }");
      }
      new PluginJars(folder, jars("lib") + File.pathSeparator + library)
          .jar(
              own.resolve("plugin.jar"),
              sources,
              modular
                  ? Map.of()
                  : Map.of(
                      "META-INF/services/org.zepad.api.fusion.FusionProvider", "third." + type));
    }
    Result result = zepad.run("plugins", "--plugin-path", apart.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("made with units 1").contains("made with units 2");
  }

  private static JsonNode json(String file) throws IOException {
    return JSON.readTree(folder.resolve(file).toFile());
  }

  /** The metadata of a safetensors file. */
  private static JsonNode header(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    int length = (bytes[0] & 255) | (bytes[1] & 255) << 8 | (bytes[2] & 255) << 16;
    return JSON.readTree(new String(bytes, 8, length, StandardCharsets.UTF_8)).path("__metadata__");
  }

  /** An entry of that metadata, which is JSON itself. */
  private static JsonNode metadata(String file, String entry) throws IOException {
    return JSON.readTree(header(file).path(entry).asText());
  }
}
