package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.core.bundle.Bundle;

/**
 * Long commands, killed at random moments and repeated until one call comes to its end, leave the
 * same bytes as an undisturbed call: weights, perturbations, models, numbers. What lies in its
 * place after a kill is what was there before, or the whole of the new.
 *
 * <p>In the build one kill each, of the commands that no other integration test kills. {@code
 * -Dzepad.kills=20} kills each command so often, with more epochs, and prints a table; {@code
 * -Dzepad.kills.seed=N} repeats the moments, {@code -Dzepad.kills.commands=REGEX} chooses commands.
 */
@DisabledOnOs(OS.WINDOWS)
class KillIT {
  private static final int ASKED = Integer.getInteger("zepad.kills", 0);
  private static final long SEED = Long.getLong("zepad.kills.seed", new Random().nextLong());
  private static final String CHOSEN = System.getProperty("zepad.kills.commands", ".*");
  private static final int EPOCHS = ASKED > 0 ? 12 : 2;

  /** Killed by {@link PipelineIT} and {@link ExperimentIT} in every build. */
  private static final Set<String> KILLED_ELSEWHERE = Set.of("pretrain", "harden", "experiment");

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  static Stream<LongCommand> commands() {
    return LongCommand.all(EPOCHS).filter(command -> command.name().matches(CHOSEN));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aKilledCommandEndsAsAnUndisturbedOne(LongCommand command) throws Exception {
    assumeTrue(
        ASKED > 0 || !KILLED_ELSEWHERE.contains(command.name()),
        "another test kills it; -Dzepad.kills=N does so here");
    Path inputs = Files.createDirectory(folder.resolve("inputs"));
    command.writeInputs(inputs, EPOCHS);
    for (List<String> need : command.needs()) {
      call(inputs, need.toArray(String[]::new)).toTheEnd();
    }
    Map<String, String> before = Traces.products(inputs);

    Path undisturbed = copy(inputs, "undisturbed");
    long started = System.nanoTime();
    Call whole = call(undisturbed, command.line());
    whole.toTheEnd();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    Map<String, String> products = Traces.products(undisturbed);
    assertThat(Traces.left(undisturbed)).isEmpty();

    int wanted = Math.max(1, ASKED);
    int kills = 0;
    int continued = 0;
    int runs = 0;
    while (kills < wanted) {
      Path place = copy(inputs, "killed-" + runs++);
      int killed = kills;
      long began = System.nanoTime();
      Call last = call(place, command.line());
      while (kills < wanted && last.killAfter(random.nextLong(millis))) {
        kills++;
        requireOldOrNew(place, before, products);
        continued += Traces.saved(place).isEmpty() ? 0 : 1;
        last = call(place, command.line());
      }
      last.toTheEnd();
      if (kills == killed) {
        // The machine is faster than it was: the moments are to fall within a call.
        millis = Math.min(millis, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
      }
      assertThat(Traces.products(place)).as(line()).isEqualTo(products);
      assertThat(last.out()).as(line()).isEqualTo(whole.out());
      assertThat(last.err()).as(line()).doesNotContain("anew", "from the beginning", "damaged");
    }
    System.out.printf(
        "%s: %d kills in %d runs, %d with saved work to continue, %.1f s undisturbed (%s)%n",
        command, kills, runs, continued, millis / 1e3, line());
  }

  private static void requireOldOrNew(
      Path place, Map<String, String> before, Map<String, String> after) throws IOException {
    Traces.products(place)
        .forEach(
            (file, fingerprint) -> {
              if (file.matches("grid/.*/bundle\\.json") && !fingerprint.equals(after.get(file))) {
                // A grid adds tasks to its bundles one by one; each state is a whole bundle.
                Bundle.inspect(place.resolve(file).getParent());
              } else {
                assertThat(fingerprint)
                    .as("%s after a kill (%s)", file, line())
                    .isIn(before.get(file), after.get(file));
              }
            });
  }

  private static String line() {
    return "-Dzepad.kills=" + Math.max(1, ASKED) + " -Dzepad.kills.seed=" + SEED;
  }

  private Path copy(Path inputs, String name) throws IOException {
    Path place = folder.resolve(name);
    try (Stream<Path> walk = Files.walk(inputs)) {
      for (Path file : walk.toList()) {
        Files.copy(file, place.resolve(inputs.relativize(file)));
      }
    }
    return place;
  }

  private Call call(Path place, String... arguments) throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    return new Call(PackagedProgram.onOneThread(place).start(out, err, arguments), out, err);
  }

  /** A process that was started, and what it says. */
  private record Call(Process process, Path outFile, Path errFile) {

    void toTheEnd() throws InterruptedException, IOException {
      assertThat(process.waitFor(600, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("%s: %s", line(), err()).isZero();
    }

    /** Whether it was killed; if not, it had come to its end before. */
    boolean killAfter(long millis) throws InterruptedException, ExecutionException {
      if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
        return false;
      }
      List<ProcessHandle> children = process.descendants().toList();
      process.destroyForcibly().waitFor();
      for (ProcessHandle child : children) {
        // They end by themselves when their parent is gone.
        child.onExit().get();
      }
      return true;
    }

    String out() throws IOException {
      return Files.readString(outFile);
    }

    String err() throws IOException {
      return Files.readString(errFile);
    }
  }
}
