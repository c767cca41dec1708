package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zepad.testkit.TestPictures;

/**
 * What commands need for more and more images: the time, which is printed, and the memory, which
 * must not grow with the number of images but by the little that is kept of each. It takes many
 * minutes, so the build leaves it out; {@code contributing.md} has the command.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "zepad.growth", matches = "\\d+(,\\d+)*")
class GrowthIT {
  private static final int[] COUNTS =
      Arrays.stream(System.getProperty("zepad.growth", "0").split(",", -1))
          .mapToInt(Integer::parseInt)
          .toArray();
  private static final int THREADS = Integer.getInteger("zepad.growth.threads", 1);

  /** Far less than the images take as bytes: 100,000 of 32 pixels are 300 MB. */
  private static final long MOST_GROWTH = 200L << 20;

  private static final int PICTURES = 100;

  /**
   * The heap is small and in memory from the start, and buffers outside of it that await its
   * garbage collection are few: what grows is what is kept.
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OMP_NUM_THREADS",
          "" + THREADS,
          "ZEPAD_JAVA_OPTS",
          "-Xms400m -Xmx400m -XX:+AlwaysPreTouch -XX:MaxDirectMemorySize=64m"
              + " -XX:ActiveProcessorCount="
              + THREADS);

  @TempDir Path folder;

  private PackagedProgram zepad;

  @BeforeEach
  void makesWhatTheCommandsWorkOn() throws Exception {
    zepad = new PackagedProgram(PackagedProgram.HOME.resolve("bin/zepad"), folder, ENVIRONMENT);
    run("harden --mpae zoo:simclr --set defence=none --out bundle");
    run("adapt --bundle bundle --set data.images=500 --set epochs=1 --set task=small");
    run(
        "attack --attack sign-noise --victim zoo:simclr --set data.images=100"
            + " --out noise.safetensors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adapt --bundle bundle --set task=task-N --set epochs=1 --set data.options.train=N",
        "evaluate --bundle undefended=bundle --perturbation noise.safetensors --out N.json"
            + " --set task=small --set data.options.train=500 --set data.options.test=N",
        "attack --attack advencoder-per --victim zoo:simclr --out N.safetensors"
            + " --set attack.options.epochs=1 --set attack.options.widths=32,16,8"
            + " --set data.options.train=N",
        "predict --bundle bundle --task small --format csv pictures-N"
      })
  void memoryDoesNotGrowWithTheNumberOfImages(String typed) throws Exception {
    long[] peaks = new long[COUNTS.length];
    for (int i = 0; i < COUNTS.length; i++) {
      int count = COUNTS[i];
      if (typed.startsWith("predict")) {
        writePictures(folder.resolve("pictures-" + count), count);
        run("export bundle");
      }
      long started = System.nanoTime();
      peaks[i] = run(typed.replace("N", "" + count));
      double seconds = (System.nanoTime() - started) / 1e9;
      System.out.printf(
          "%-8s %,8d images, %d thread(s): %7.1f s, %6.0f images/s, peak %4d MiB%n",
          typed.split(" ", 2)[0], count, THREADS, seconds, count / seconds, peaks[i] >> 20);
    }
    assertThat(peaks[COUNTS.length - 1] - peaks[0]).as(typed).isLessThan(MOST_GROWTH);
  }

  /** Many names of a few files: it is reading that counts, not the space on this disk. */
  private static void writePictures(Path to, int count) throws IOException {
    String[] names =
        Stream.iterate(0, i -> i + 1).limit(PICTURES).map(i -> i + ".png").toArray(String[]::new);
    TestPictures.write(to, 1, names);
    for (int i = PICTURES; i < count; i++) {
      Files.createLink(to.resolve(i + ".png"), to.resolve(names[i % PICTURES]));
    }
  }

  /** Runs a command to its end and returns the most memory that it held, in bytes. */
  private long run(String typed) throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    List<String> words = Stream.of((typed + " --cache none").split(" ", -1)).toList();
    Process process = zepad.start(out, err, words.toArray(String[]::new));
    long peak = 0;
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peak(process.pid()));
    }
    assertThat(process.exitValue()).as("%s: %s", typed, Files.readString(err)).isZero();
    return peak;
  }

  private static long peak(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
