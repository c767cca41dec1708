package org.zepad.core.bench;

import java.util.Locale;
import java.util.Optional;

/**
 * The float32 arithmetic that processors should give at best by their data sheet.
 *
 * @param gigaflops 10^9 operations a second
 * @param derivation the factors, for a person
 */
public record Peak(double gigaflops, String derivation) {
  /** What processors for servers and desktops have; a small one may have one. */
  private static final int UNITS = 2;

  private static final int MULTIPLY_ADD = 2;

  /** Of the cores that compute; empty where the clock or the instructions are not known. */
  static Optional<Peak> of(Machine machine) {
    Cpu cpu = machine.cpu();
    if (cpu.gigahertz() == 0 || cpu.simd().width() == 0) {
      return Optional.empty();
    }
    int cores = machine.busyCores();
    int each = cpu.simd().width() * MULTIPLY_ADD * UNITS;
    return Optional.of(
        new Peak(
            cpu.gigahertz() * each * cores,
            String.format(
                Locale.ROOT,
                "%.2f GHz x %d operations a cycle (%s: %d numbers x multiply and add x %d units"
                    + " assumed) x %d cores; a turbo clock may exceed it",
                cpu.gigahertz(),
                each,
                cpu.simd(),
                cpu.simd().width(),
                UNITS,
                cores)));
  }
}
