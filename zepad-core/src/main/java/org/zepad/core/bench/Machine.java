package org.zepad.core.bench;

import ai.djl.pytorch.jni.JniUtils;
import ai.onnxruntime.OrtEnvironment;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import org.zepad.core.pipeline.Versions;

/**
 * What the measuring ran on.
 *
 * @param cpu what the processor says of itself
 * @param processors hardware threads that this process may use
 * @param trainingThreads threads of the training engine
 * @param inferenceThreads threads of ONNX Runtime
 * @param memoryBytes of the whole machine; 0 where it cannot be told
 * @param versions of engines, Java, the system and this program
 */
public record Machine(
    Cpu cpu,
    int processors,
    int trainingThreads,
    int inferenceThreads,
    long memoryBytes,
    Map<String, String> versions) {
  public Machine {
    versions = Map.copyOf(versions);
  }

  /**
   * This machine.
   *
   * @param threads of ONNX Runtime as it was asked for; 0: one for each core
   */
  static Machine here(int threads) {
    Cpu cpu = Cpu.here();
    Map<String, String> versions = new TreeMap<>(Versions.all());
    versions.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
    return new Machine(
        cpu,
        Runtime.getRuntime().availableProcessors(),
        JniUtils.getNumThreads(),
        threads == 0 ? cpu.cores() : threads,
        memory(),
        versions);
  }

  /** The cores that compute at the same time. */
  int busyCores() {
    return Math.min(cpu.cores(), Math.max(trainingThreads, inferenceThreads));
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
