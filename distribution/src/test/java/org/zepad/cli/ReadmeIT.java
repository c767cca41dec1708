package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.cli.PackagedProgram.Result;
import org.zepad.testkit.Golden;

/**
 * Runs each {@code zepad} command of the README as it stands there, with the packaged program, in
 * the README's order, on real checkpoints and a few pictures in CIFAR-10's format. Only what makes
 * a command long is set smaller, behind the README's own words.
 */
@DisabledOnOs(OS.WINDOWS)
class ReadmeIT {
  private static final Path README = Path.of("../README.md");

  /** A command in a code block, or between back-ticks, whose line it may continue over. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^(zepad (?:[^\\n#\\\\]|\\\\\\n)+)|`(zepad [a-z][^`A-Z]*[^`]*)`");

  /** A JPEG of 16x12 pixels. */
  private static final String PHOTO =
      """
      /9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4n
      ICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIy
      MjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAAMABADASIAAhEBAxEB/8QAHwAAAQUBAQEB
      AQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKB
      kaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1
      dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl
      5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcF
      BAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5
      OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0
      tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDhLHw30+T9
      K6ax8N9Pk/SupsLGDj5K6ewsYOPkrhxea1DPh/O6mh//2Q==
      """;

  @TempDir static Path folder;

  @Test
  void everyCommandWorksAsWritten() throws Exception {
    PackagedProgram zepad = PackagedProgram.in(folder);
    Path checkpoints = Golden.folder("checkpoints");
    Files.copy(checkpoints.resolve("lightning_f32.ckpt"), folder.resolve("simclr.ckpt"));
    Files.copy(checkpoints.resolve("lightning_legacy.ckpt"), folder.resolve("byol.ckpt"));
    Files.createDirectories(folder.resolve("conf/zoo"));
    for (String file :
        List.of(
            "conf/cifar10.yaml", "conf/bundle.yaml", "conf/grid.yaml", "conf/zoo/simclr.yaml")) {
      Files.copy(PackagedProgram.HOME.resolve(file), folder.resolve(file));
    }
    writeCifar10(folder.resolve("DIR/cifar10/cifar-10-batches-bin"));
    Files.write(folder.resolve("photo.jpg"), Base64.getMimeDecoder().decode(PHOTO));

    List<List<String>> commands = commands();
    assertThat(commands).hasSizeGreaterThan(10);
    // The one that makes what the others read comes first.
    commands.sort(
        (a, b) -> Boolean.compare(b.get(0).equals("pretrain"), a.get(0).equals("pretrain")));
    for (List<String> command : commands) {
      List<String> whole = new ArrayList<>(command);
      whole.addAll(smaller(command));
      Result result = zepad.run(whole.toArray(String[]::new));
      if (command.contains("fetch")) {
        // The official files are too large for a test; what is fetched is FetcherTest's.
        assertThat(result.exitCode()).as("zepad %s: %s", whole, result.err()).isEqualTo(4);
        assertThat(result.err()).contains("stl10_binary.tar.gz");
        continue;
      }
      assertThat(result.exitCode()).as("zepad %s: %s", whole, result.err()).isZero();
      assertThat(result.out()).as("zepad %s", whole).isNotBlank();
    }
    assertThat(folder.resolve("uap.safetensors.png")).isNotEmptyFile();
    assertThat(folder.resolve("sheet.png")).isNotEmptyFile();
    assertThat(folder.resolve("attacked/photo.png")).isNotEmptyFile();
    assertThat(folder.resolve("report.json")).isNotEmptyFile();
    assertThat(folder.resolve("runs/cifar10/report.json")).isNotEmptyFile();
    assertThat(folder.resolve("runs/grid/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("runs/both/summary.csv")).isNotEmptyFile();
  }

  private static List<List<String>> commands() throws IOException {
    List<List<String>> commands = new ArrayList<>();
    Matcher matcher = COMMAND.matcher(Files.readString(README));
    while (matcher.find()) {
      String text = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      List<String> words =
          new ArrayList<>(Arrays.asList(text.replace("\\\n", " ").strip().split("\\s+")));
      words.remove(0);
      // The demo in its full form is CI's; a word in capitals stands for one of many.
      words.replaceAll(
          word -> word.equals("NAME") ? "pgd" : word.equals("COMMAND") ? "pretrain" : word);
      if (!words.get(0).equals("demo") && commands.stream().noneMatch(words::equals)) {
        commands.add(words);
      }
    }
    return commands;
  }

  private static List<String> smaller(List<String> command) {
    if (command.contains("--help")) {
      return List.of();
    }
    return switch (command.get(0)) {
      case "pretrain" ->
          List.of(
              "--epochs",
              "1",
              "--set",
              "training.batch-size=64",
              "--set",
              "backbone.options.width=16");
      case "harden" ->
          command.contains("defence=none")
              ? List.of()
              : List.of(
                  "--set", "defence.options.epochs=1", "--set", "defence.options.batch-size=64");
      case "attack" ->
          command.contains("advencoder-per")
              ? List.of(
                  "--set",
                  "attack.options.epochs=1",
                  "--set",
                  "attack.options.batch-size=64",
                  "--set",
                  "attack.options.widths=32,16,8")
              : List.of("--set", "attack.options.epochs=1");
      case "experiment" ->
          command.contains("merge")
              ? List.of()
              : List.of(
                  "--set", "seeds=1",
                  "--set", "tuning.images=100",
                  "--set", "defences.0.defence.options.epochs=1",
                  "--set", "defences.1.defence.options.epochs=1",
                  "--set", "defences.2.defence.options.epochs=1",
                  "--set", "surrogate.images=100",
                  "--set", "attacks.1.attack.options.epochs=1",
                  "--set", "attacks.2.attack.options.steps=1",
                  "--set", "attacks.3.attack.options.steps=1",
                  "--set", "tasks.0.data.test-images=40",
                  "--set", "tasks.0.epochs=1");
      case "bench" ->
          List.of(
              "--width",
              "4",
              "--resolution",
              "16",
              "--batch",
              "4",
              "--repeats",
              "1",
              "--adapt-images",
              "8",
              "--serve-seconds",
              "1");
      case "datasets" ->
          command.contains("fetch") ? List.of("--mirror", "http://127.0.0.1:9/") : List.of();
      case "run" ->
          List.of(
              "--set", "encoders.0.pretrain.training.epochs=1",
              "--set", "encoders.1.pretrain.training.epochs=1",
              "--set", "encoders.2.pretrain.training.epochs=1",
              "--set", "harden.defence.options.epochs=1",
              "--set", "tasks.0.epochs=2",
              "--set", "attack.attack.options.epochs=1",
              "--set", "attack.attack.options.widths=32,16,8");
      default -> List.of();
    };
  }

  /** Noise with a class's own tint, in the official binary format. */
  private static void writeCifar10(Path data) throws IOException {
    Files.createDirectories(data);
    Random random = new Random(1);
    for (String name :
        List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin")) {
      ByteArrayOutputStream records = new ByteArrayOutputStream();
      for (int i = 0; i < 40; i++) {
        int label = i % 10;
        records.write(label);
        for (int pixel = 0; pixel < 3072; pixel++) {
          records.write(20 * label + random.nextInt(50));
        }
      }
      Files.write(data.resolve(name), records.toByteArray());
    }
    Files.writeString(
        data.resolve("batches.meta.txt"),
        "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n");
  }
}
