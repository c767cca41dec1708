package org.zepad.core.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zepad.core.bench.Cpu.Simd;

class PeakTest {
  /** Two cores with two hardware threads each. */
  private static final List<String> SERVER =
      """
      processor	: 0
      model name	: Some Processor
      cpu MHz		: 2100.000
      physical id	: 0
      core id		: 0
      flags		: fpu avx avx2 fma avx512f

      processor	: 1
      model name	: Some Processor
      cpu MHz		: 2500.000
      physical id	: 0
      core id		: 0
      flags		: fpu avx avx2 fma avx512f

      processor	: 2
      cpu MHz		: 2100.000
      physical id	: 1
      core id		: 0

      processor	: 3
      cpu MHz		: 2100.000
      physical id	: 1
      core id		: 0
      """
          .lines()
          .toList();

  private static Machine machine(Cpu cpu, int threads) {
    return new Machine(cpu, 4, threads, 1, 0, Map.of());
  }

  @Test
  void hardwareThreadsOfACoreCountOnce() {
    Cpu cpu = Cpu.of(SERVER);
    assertThat(cpu).isEqualTo(new Cpu("Some Processor", 2, 2.5, Simd.AVX_512));
  }

  @Test
  void thePeakIsClockTimesWidthTimesTheCoresThatCompute() {
    Cpu cpu = Cpu.of(SERVER);
    Peak both = Peak.of(machine(cpu, 4)).orElseThrow();
    assertThat(both.gigaflops()).isCloseTo(2.5 * 16 * 2 * 2 * 2, within(1e-9));
    assertThat(both.derivation())
        .startsWith("2.50 GHz x 64 operations a cycle")
        .contains("2 cores");
    assertThat(Peak.of(machine(cpu, 1)).orElseThrow().gigaflops()).isCloseTo(160, within(1e-9));
  }

  @Test
  void ofAnUnknownProcessorNothingIsClaimed() {
    Cpu cpu = Cpu.of(List.of());
    assertThat(cpu.cores()).isPositive();
    assertThat(cpu.simd()).isEqualTo(Simd.UNKNOWN);
    assertThat(Peak.of(machine(cpu, 2))).isEmpty();
    Cpu arm = Cpu.of(List.of("processor : 0", "Features : fp asimd"));
    assertThat(arm.simd()).isEqualTo(Simd.NEON);
    assertThat(Peak.of(machine(arm, 2))).isEmpty();
  }
}
