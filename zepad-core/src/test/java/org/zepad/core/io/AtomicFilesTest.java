package org.zepad.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;

class AtomicFilesTest {
  @TempDir Path folder;

  private static void fullDisk() throws IOException {
    throw new FileSystemException("f", null, "No space left on device");
  }

  @Test
  void aFailedFileLeavesTheOldOneAndNothingElse() {
    Path file = folder.resolve("f.txt");
    AtomicFiles.writeText(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write(1);
                      fullDisk();
                    }))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("f.txt")
        .hasMessageContaining("No space left on device")
        .extracting(e -> ((ZepadException) e).kind())
        .isEqualTo(ZepadException.Kind.ENVIRONMENT);
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryContaining(p -> p.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void aFolderIsReplacedWhole() {
    Path target = folder.resolve("bundle");
    AtomicFiles.writeFolder(target, part -> Files.writeString(part.resolve("a"), "1"));
    AtomicFiles.writeFolder(target, part -> Files.writeString(part.resolve("b"), "2"));
    assertThat(target.toFile().list()).containsExactly("b");
    assertThatThrownBy(
            () ->
                AtomicFiles.writeFolder(
                    target,
                    part -> {
                      Files.writeString(part.resolve("c"), "3");
                      fullDisk();
                    }))
        .isInstanceOf(ZepadException.class);
    assertThat(target.toFile().list()).containsExactly("b");
    assertThat(folder.toFile().list()).containsExactly("bundle");
  }

  @Test
  void whatAKilledCallMovedAsideIsPutBack() throws Exception {
    Path target = folder.resolve("bundle");
    long dead = pidOfTheDead();
    write(".bundle." + dead + ".0.part", "half");
    write(".bundle." + ProcessHandle.current().pid() + ".0.old", "somebody is at it");
    write(".bundles." + dead + ".0.old", "another");
    AtomicFiles.restore(target);
    assertThat(target).doesNotExist();

    write(".bundle." + dead + ".1.old", "whole");
    AtomicFiles.restore(target);
    assertThat(target.resolve("a")).hasContent("whole");
    AtomicFiles.restore(target);
    AtomicFiles.restore(folder.resolve("missing/bundle"));
    assertThat(target.resolve("a")).hasContent("whole");
  }

  @Test
  void whatKilledCallsLeftGoesWithTheNextOne() throws Exception {
    Path target = folder.resolve("bundle");
    long dead = pidOfTheDead();
    String living = ".bundle." + ProcessHandle.current().pid() + ".7.part";
    write(".bundle." + dead + ".0.part", "half");
    write(".bundle." + dead + ".1.old", "replaced");
    write(".bundle." + dead + ".part", "somebody's own");
    write(living, "somebody is at it");
    AtomicFiles.writeFolder(target, part -> Files.writeString(part.resolve("a"), "new"));
    assertThat(target.resolve("a")).hasContent("new");
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("bundle", living, ".bundle." + dead + ".part");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("a"), text);
  }

  private static long pidOfTheDead() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java").start();
    process.destroyForcibly().waitFor();
    return process.pid();
  }

  @Test
  void aFileWhereAFolderIsNeededIsSaid() {
    Path file = folder.resolve("f");
    AtomicFiles.writeText(file, "x");
    assertThatThrownBy(() -> AtomicFiles.writeText(file.resolve("g"), "y"))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("g");
  }
}
