package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.cli.PackagedProgram.Result;
import org.zepad.testkit.TestPictures;

/** Crafts with the packaged program, from folders of pictures as people have them. */
@DisabledOnOs(OS.WINDOWS)
class AttackIT {
  @TempDir Path folder;

  /** The command that crafts against encoders of the zoo into {@code delta.safetensors}. */
  private static String[] attack(String name, List<String> victims, String... more) {
    List<String> command = new ArrayList<>(List.of("attack", "--attack", name, "--cache", "none"));
    victims.forEach(victim -> command.addAll(List.of("--victim", "zoo:" + victim)));
    command.addAll(List.of("--out", "delta.safetensors", "--set", "data.size=32"));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  @Test
  void damagedPicturesEndTheWorkOrAreLeftOutAndCounted() throws Exception {
    Path pictures = folder.resolve("data/image-folder/train");
    for (String name : new String[] {"ape", "bee"}) {
      TestPictures.write(pictures.resolve(name), name.hashCode(), "1.png", "2.jpg", "3.png");
      TestPictures.write(
          folder.resolve("data/image-folder/test").resolve(name), name.hashCode(), "1.png");
    }
    TestPictures.writeDamaged(pictures.resolve("bee"));
    PackagedProgram zepad = PackagedProgram.in(folder);
    List<String> victim = List.of("simclr");
    Result refused =
        zepad.run(attack("sign-noise", victim, "--dataset", "image-folder", "--data", "data"));
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertThat(refused.err()).contains("bee");
    assertThat(folder.resolve("delta.safetensors")).doesNotExist();

    Result skipped =
        zepad.run(
            attack(
                "sign-noise",
                victim,
                "--dataset",
                "image-folder",
                "--data",
                "data",
                "--set",
                "data.damaged=skip"));
    assertThat(skipped.exitCode()).as(skipped.err()).isZero();
    assertThat(skipped.err()).contains("of 10 training images cannot be read and are left out");
    Result shown = zepad.run("perturbations", "show", "delta.safetensors");
    assertThat(shown.out()).contains("data-damaged-images-left-out=4");
  }

  @Test
  void aKilledCraftingIsNotContinuedAgainstOtherVictims() throws Exception {
    PackagedProgram zepad = PackagedProgram.in(folder);
    Path out = Files.createFile(folder.resolve("out.txt"));
    String[] few = {"--set", "data.images=200"};
    Process process =
        zepad.start(
            out,
            out,
            attack("uapgd", List.of("simclr"), few[0], few[1], few[0], "attack.options.epochs=40"));
    Path work = folder.resolve("delta.safetensors.work");
    while (process.isAlive() && !hasCheckpoint(work)) {
      Thread.sleep(20);
    }
    assertThat(process.isAlive()).as(Files.readString(out)).isTrue();
    process.destroyForcibly().waitFor();
    Result other =
        zepad.run(
            attack(
                "uapgd",
                List.of("vicreg", "byol"),
                few[0],
                few[1],
                few[0],
                "attack.options.epochs=1"));
    assertThat(other.exitCode()).as(other.err()).isZero();
    assertThat(work).doesNotExist();
  }

  private static boolean hasCheckpoint(Path work) throws IOException {
    if (!Files.isDirectory(work)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(work)) {
      return files.anyMatch(file -> file.toString().endsWith(".safetensors"));
    }
  }
}
