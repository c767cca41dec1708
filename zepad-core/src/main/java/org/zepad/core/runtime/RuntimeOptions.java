package org.zepad.core.runtime;

/**
 * How a model runs.
 *
 * @param device where
 * @param number which of the CUDA devices, from 0
 * @param threads how many threads compute within one call on a CPU; 0: one for each core
 */
public record RuntimeOptions(DeviceChoice device, int number, int threads) {

  /** Where a model runs. */
  public enum DeviceChoice {
    /** On a CUDA device if this program can use one, else on the CPU. */
    AUTO,
    /** On the CPU. */
    CPU,
    /** On a CUDA device, or not at all. */
    CUDA
  }

  public RuntimeOptions {
    if (number < 0 || threads < 0) {
      throw new IllegalArgumentException("devices and threads are counted from 0");
    }
  }

  /** Wherever it is fastest, on every core. */
  public static RuntimeOptions defaults() {
    return new RuntimeOptions(DeviceChoice.AUTO, 0, 0);
  }
}
