package org.zepad.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;

class WorkLockTest {
  /** Another process, which locks what its first argument names until it is ended. */
  private static final String HOLDER =
      """
      import java.nio.channels.FileChannel;
      import java.nio.file.*;
      public class Holder {
        public static void main(String[] args) throws Exception {
          Files.writeString(Path.of(args[0]), "" + ProcessHandle.current().pid());
          FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE).lock();
          System.out.println("held");
          System.in.read();
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void oneAtATimeInAProcess() throws IOException {
    Path product = folder.resolve("runs/bundle");
    try (WorkLock lock = WorkLock.of(product)) {
      refused(() -> WorkLock.of(product), "this process");
      refused(() -> WorkLock.of(folder.resolve("runs/../runs/bundle")), "this process");
      // The refusals have not loosened it.
      refused(() -> WorkLock.of(product), "this process");
      WorkLock.of(folder.resolve("runs/other")).close();
    }
    WorkLock.of(product).close();
    try (var left = Files.list(folder.resolve("runs"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void oneAtATimeOnAMachineAndAKilledOneStopsNobody() throws Exception {
    Path product = folder.resolve("bundle");
    Path source = Files.writeString(folder.resolve("Holder.java"), HOLDER);
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                source.toString(),
                folder.resolve(".bundle.lock").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("held");
      refused(() -> WorkLock.of(product), "process " + other.pid());
      refused(() -> WorkLock.of(product), product.toString());
    } finally {
      other.destroyForcibly();
      assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    WorkLock.of(product).close();
  }

  @Test
  void aPlaceWithoutAFolderIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    refused(() -> WorkLock.of(file.resolve("product")), file.toString());
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ZepadException.class,
            e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.ENVIRONMENT))
        .hasMessageContaining(message);
  }
}
