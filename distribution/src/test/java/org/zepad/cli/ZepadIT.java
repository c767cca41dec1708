package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.cli.PackagedProgram.Result;

/** The packaged program, run as a process, as a user has it. */
@DisabledOnOs(OS.WINDOWS)
class ZepadIT {
  @TempDir Path folder;

  private Result zepad(String... args) throws IOException, InterruptedException {
    return PackagedProgram.in(folder).run(args);
  }

  @Test
  void listsEachPluginWithItsJar() throws Exception {
    Result result = zepad("plugins");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines())
        .anyMatch(l -> l.matches("attack +pgd +\\S+ +plugins-attacks-\\S+\\.jar +\\S.*"))
        .anyMatch(l -> l.matches("backbone +resnet18 +\\S+ +plugins-encoders-\\S+\\.jar +\\S.*"))
        .anyMatch(l -> l.matches("dataset +shapes +\\S+ +plugins-datasets-\\S+\\.jar +\\S.*"))
        .anyMatch(l -> l.matches("fusion +equal +\\S+ +zepad-core-\\S+\\.jar +\\S.*"))
        .allMatch(l -> l.matches("[a-z-]+ +[a-z0-9-]+ +\\d\\S+ +\\S+\\.jar +\\S.*"));
  }

  @Test
  void showsTheOptionsOfAPluginAndAnswersAMisspeltOne() throws Exception {
    assertThat(zepad("plugins", "show", "pgd").out())
        .contains("epsilon")
        .contains("default 0.03")
        .contains("from 0 to 1");
    Result misspelt = zepad("plugins", "show", "pdg");
    assertThat(misspelt.exitCode()).isEqualTo(2);
    assertThat(misspelt.err()).contains("There is no plugin 'pdg'; did you mean 'pgd'?");
    assertThat(misspelt.out()).isEmpty();
  }

  @Test
  void printsJson() throws Exception {
    assertThat(zepad("plugins", "--json").out()).startsWith("{").contains("\"name\" : \"pgd\"");
  }

  @Test
  void runsThroughLinksFromAnyFolder() throws Exception {
    Path absolute =
        Files.createSymbolicLink(folder.resolve("one"), PackagedProgram.HOME.resolve("bin/zepad"));
    Path relative = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
    Path moved = Files.createSymbolicLink(folder.resolve("a b"), PackagedProgram.HOME);
    for (Path program : List.of(absolute, relative, moved.resolve("bin/zepad"))) {
      Result result = new PackagedProgram(program, folder, Map.of()).run("--version");
      assertThat(result.err()).isEmpty();
      assertThat(result.out()).startsWith("zepad ");
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void inspectTellsWhatIsNoCheckpoint() throws Exception {
    Path file = Files.writeString(folder.resolve("x.pth"), "no checkpoint at all");
    Result result = zepad("inspect", file.toString());
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).startsWith("zepad: ").contains("x.pth").doesNotContain("\tat ");
    assertThat(zepad("inspect", "gone.pth").exitCode()).isEqualTo(3);
    assertThat(zepad("inspect").exitCode()).isEqualTo(2);
  }

  @Test
  void inspectReadsSafetensors() throws Exception {
    byte[] header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
            .getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[8 + header.length + 4];
    bytes[0] = (byte) header.length;
    System.arraycopy(header, 0, bytes, 8, header.length);
    Path file = Files.write(folder.resolve("x.safetensors"), bytes);
    assertThat(zepad("inspect", file.toString()).exitCode()).isZero();
    Result strict = zepad("inspect", "--as-encoder", file.toString());
    assertThat(strict.exitCode()).isEqualTo(3);
    assertThat(strict.err()).contains("No encoder can be made of");
  }

  @Test
  void aPluginFolderMustExistAndABrokenJarIsOnlyAWarning() throws Exception {
    assertThat(zepad("plugins", "--plugin-path", "gone").exitCode()).isEqualTo(2);
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Files.writeString(plugins.resolve("broken.jar"), "not a jar");
    Result result = zepad("plugins", "--plugin-path", plugins.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("warning: plugin (broken.jar) is broken");
    assertThat(result.out()).contains("pgd");
  }

  @Test
  void aDeviceThatIsNotThereIsAMatterOfTheEnvironment() throws Exception {
    Result result =
        zepad("pretrain", "--device", "cuda:900", "--out", folder.resolve("x").toString());
    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("Use --device cpu");
    assertThat(zepad("pretrain", "--device", "gpu", "--out", "x").exitCode()).isEqualTo(2);
  }

  @Test
  void resultsThatCannotBeWrittenAreNoSuccess() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full");
    Path err = folder.resolve("err.txt");
    Process process = PackagedProgram.in(folder).start(full, err, "plugins");
    assertThat(process.waitFor()).isEqualTo(4);
    assertThat(err).content().contains("could not be written to the standard output");
  }

  @Test
  void aConfigurationIsRefusedWithItsLines() throws Exception {
    Path file =
        Files.writeString(folder.resolve("c.yaml"), "method: smclr\ntraining:\n  epohcs: 3\n");
    Result result = zepad("pretrain", "--config", file.toString(), "--out", "x");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("line 1: There is no SSL method 'smclr'; did you mean 'simclr'?")
        .contains("line 3: there is no 'epohcs' in 'training'; did you mean 'epochs'?");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void everyJarOfOursIsANamedModule() throws Exception {
    for (String module : List.of("api", "core", "encoders", "attacks", "datasets", "cli")) {
      assertThat(described(module).lines().findFirst().orElse("")).doesNotContain("automatic");
    }
  }

  /** What third parties see of the api, and what comes with it. */
  @Test
  void theApiIsTheModuleThatItWas() throws Exception {
    // The first line has version and place.
    String found =
        described("api")
            .lines()
            .skip(1)
            .map(ZepadIT::inOrder)
            .sorted()
            .collect(Collectors.joining("\n"));
    Path golden = Path.of("src/test/resources/modules/org.zepad.api.txt");
    if (Boolean.getBoolean("zepad.golden.update")) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, found + "\n");
    }
    assertThat(found).isEqualTo(Files.readString(golden).strip());
  }

  /** Java tells the modifiers of a line in an order of its own, at every call. */
  private static String inOrder(String line) {
    String[] words = line.split(" ");
    Arrays.sort(words, Math.min(2, words.length), words.length);
    return String.join(" ", words);
  }

  private static String described(String module) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                PackagedProgram.HOME.resolve("lib").toString(),
                "--describe-module",
                "org.zepad." + module)
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
