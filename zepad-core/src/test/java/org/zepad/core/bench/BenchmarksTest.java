package org.zepad.core.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zepad.core.fusion.RobustFederalDecision;

/**
 * The inner loops under JMH. The build runs each once, so that none rots, and looks at no time;
 * {@code -Dzepad.jmh=REGEX} measures those whose names match, each in a process of its own ({@code
 * contributing.md} has the command).
 */
class BenchmarksTest {
  private static final String CHOSEN = System.getProperty("zepad.jmh", "");
  private static final String ONCE = "-f 0 -wi 0 -i 1 -r 1ms -foe true";
  private static final String MEASURED = "-f 1 -wi 3 -w 1s -i 5 -r 1s -foe true";

  @Test
  void everyInnerLoopRuns() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dai.djl.offline=true");
    // The loops that JMH writes lie in packages of their own, which no module exports.
    command.addAll(List.of("-cp", classPath(), "org.openjdk.jmh.Main"));
    command.addAll(List.of((CHOSEN.isEmpty() ? ONCE : CHOSEN + " " + MEASURED).split(" ", -1)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "OPT_OUT_TRACKING", "true"));
    Process jmh = builder.start();
    String said = new String(jmh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jmh.waitFor()).as(said).isZero();
    if (CHOSEN.isEmpty()) {
      assertThat(said)
          .contains(
              "ViewBenchmark.view",
              "ResampleBenchmark.resample",
              "SeparationBenchmark.auroc",
              "StepBenchmark.topologyLoss",
              "StepBenchmark.adam",
              "ConvolutionBenchmark.apply");
    } else {
      System.out.println(said);
    }
  }

  /** Of the tests and of what they test, which lies on a module path here. */
  private static String classPath() throws Exception {
    return String.join(
        File.pathSeparator,
        Stream.of(
                place(BenchmarksTest.class),
                place(RobustFederalDecision.class),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"))
            .filter(path -> !path.isEmpty())
            .toList());
  }

  private static String place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
