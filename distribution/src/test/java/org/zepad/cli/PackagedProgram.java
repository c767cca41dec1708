package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program, run as a process, as a user has it.
 *
 * @param environment what its environment has beside this process's
 */
record PackagedProgram(Path program, Path folder, Map<String, String> environment) {
  static final Path HOME = Path.of("target/zepad").toAbsolutePath();

  /** A program whose environment is this process's. */
  PackagedProgram(Path program, Path folder) {
    this(program, folder, Map.of());
  }

  /** What a call left. */
  record Result(int exitCode, String out, String err) {}

  /**
   * The program of the distribution.
   *
   * @param folder where it runs, and where its output goes
   */
  static PackagedProgram in(Path folder) {
    return new PackagedProgram(HOME.resolve("bin/zepad"), folder, Map.of());
  }

  /** The same with one environment variable beside those of this process. */
  PackagedProgram with(String name, String value) {
    return new PackagedProgram(program, folder, Map.of(name, value));
  }

  /** The same, with one thread that computes: what it gives does not depend on the machine's. */
  static PackagedProgram onOneThread(Path folder) {
    return in(folder).with("OMP_NUM_THREADS", "1");
  }

  /** Runs it to its end. */
  Result run(String... args) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = start(out, err, args);
    assertThat(process.waitFor(600, TimeUnit.SECONDS)).isTrue();
    return new Result(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** Starts it. */
  Process start(Path out, Path err, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("ZEPAD_JAVA_OPTS");
    builder.environment().putAll(environment);
    return builder.start();
  }
}
