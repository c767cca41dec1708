package org.zepad.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.FolderCheckpoint;
import org.zepad.core.io.WorkLock;
import org.zepad.core.onnx.TinyBundle;

/**
 * On a file system of 256 kB that is full, or that is mounted for reading alone, which binds root
 * too. Left out where none can be mounted.
 */
class FullDiskTest {
  @TempDir Path temporary;
  private Path disk;

  @BeforeEach
  void mountDisk() throws Exception {
    disk = Files.createDirectory(temporary.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()),
        "only root on Linux can mount a file system");
  }

  @AfterEach
  void unmountDisk() throws Exception {
    run("umount", disk.toString());
  }

  @Test
  void aFullDiskLosesNothing() throws IOException {
    Path file = disk.resolve("report.json");
    AtomicFiles.writeText(file, "old");
    FolderCheckpoint checkpoint = new FolderCheckpoint(disk.resolve("run.work/step.safetensors"));
    try (TinyBundle tiny = new TinyBundle(disk.resolve("bundle"));
        NDManager manager = NDManager.newBaseManager("PyTorch")) {
      checkpoint.save(1, Map.of("a", manager.ones(new Shape(3))), Map.of());
      BundleManifest before = Bundle.inspect(tiny.folder());
      List<Path> files = files();

      refused(
          "report.json",
          "No space",
          () -> AtomicFiles.write(file, o -> o.write(new byte[1 << 20])));
      refused(
          "step.safetensors",
          "No space",
          () -> checkpoint.save(2, Map.of("a", manager.ones(new Shape(1 << 18))), Map.of()));
      refused("bundle", "No space", () -> tiny.adapt("digits", 10_000, 1));

      assertThat(file).hasContent("old");
      assertThat(checkpoint.load(manager).orElseThrow().step()).isEqualTo(1);
      assertThat(Bundle.inspect(tiny.folder())).isEqualTo(before);
      assertThat(files()).isEqualTo(files);
    }
  }

  @Test
  void aDiskForReadingAloneIsReadAndNamed() throws Exception {
    try (TinyBundle tiny = new TinyBundle(disk.resolve("bundle"))) {
      assertThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();
      tiny.open().close();
      refused("bundle", "Read-only", () -> tiny.adapt("digits", 3, 1));
      refused("x", "Read-only", () -> AtomicFiles.writeText(disk.resolve("x"), "x"));
      refused("bundle", "Read-only", () -> WorkLock.of(tiny.folder()));
    }
  }

  private static void refused(String file, String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ZepadException.class,
            e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.ENVIRONMENT))
        .hasMessageContaining(file)
        .hasMessageContaining(reason)
        .hasMessageContaining("Check the free space and the permissions");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(disk)) {
      return walk.sorted().toList();
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      // There is no such program.
      return false;
    }
  }
}
