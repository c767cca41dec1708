package org.zepad.cli;

import picocli.CommandLine.Option;

/** The option of the commands that run exported models. */
final class RuntimeThreads {
  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Threads that ONNX Runtime computes with on a CPU; 0: one for each core (default: 0).")
  private int threads;

  /** How many, 0 for one for each core. */
  int count() {
    Ranges.check("--threads", threads, 0, 4096);
    return threads;
  }
}
