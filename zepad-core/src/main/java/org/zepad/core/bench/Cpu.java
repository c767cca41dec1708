package org.zepad.core.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A processor, as far as the system tells.
 *
 * @param model its name; that of the architecture where it has none
 * @param cores that compute by themselves: two hardware threads of a core share its arithmetic
 * @param gigahertz the fastest clock that the system names, which may be neither the least nor the
 *     greatest; 0 where it names none
 * @param simd its widest vector instructions
 */
public record Cpu(String model, int cores, double gigahertz, Simd simd) {
  private static final Path INFO = Path.of("/proc/cpuinfo");
  private static final Path GREATEST =
      Path.of("/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq");

  /** Vector instructions, the widest first. */
  public enum Simd {
    /** 16 numbers of 32 bits at a time. */
    AVX_512("AVX-512", "avx512f", 16),
    /** 8 numbers. */
    AVX2("AVX2", "avx2", 8),
    /** 4 numbers. */
    NEON("NEON", "asimd", 4),
    /** Nothing is known. */
    UNKNOWN("unknown", "", 0);

    private final String label;
    private final String flag;
    private final int width;

    Simd(String label, String flag, int width) {
      this.label = label;
      this.flag = flag;
      this.width = width;
    }

    /** How many float32 numbers an instruction takes. */
    public int width() {
      return width;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** That of this machine. */
  static Cpu here() {
    List<String> lines = lines(INFO);
    Cpu told = of(lines);
    List<String> greatest = lines(GREATEST);
    double gigahertz =
        greatest.isEmpty() ? told.gigahertz : Double.parseDouble(greatest.get(0)) / 1e6;
    // A container may have fewer than the machine.
    int cores = Math.min(told.cores, Runtime.getRuntime().availableProcessors());
    return new Cpu(told.model, cores, gigahertz, told.simd);
  }

  /**
   * As Linux tells it.
   *
   * @param lines of {@code /proc/cpuinfo}, a paragraph for each hardware thread; may be empty
   */
  static Cpu of(List<String> lines) {
    String model = System.getProperty("os.arch");
    Set<String> cores = new HashSet<>();
    Set<String> flags = new HashSet<>();
    double megahertz = 0;
    Map<String, String> thread = new LinkedHashMap<>();
    for (String line : lines) {
      String[] sides = line.split(":", 2);
      if (sides.length < 2) {
        continue;
      }
      String key = sides[0].strip();
      String value = sides[1].strip();
      switch (key) {
        case "processor" -> thread.clear();
        case "model name" -> model = value;
        case "cpu MHz" -> megahertz = Math.max(megahertz, Double.parseDouble(value));
        case "flags", "Features" -> flags.addAll(Arrays.asList(value.split(" ")));
        default -> {}
      }
      thread.put(key, value);
      if (thread.containsKey("core id")) {
        cores.add(thread.getOrDefault("physical id", "") + "/" + thread.get("core id"));
      }
    }
    int count = cores.isEmpty() ? Runtime.getRuntime().availableProcessors() : cores.size();
    Simd simd =
        Arrays.stream(Simd.values())
            .filter(s -> flags.contains(s.flag))
            .findFirst()
            .orElse(Simd.UNKNOWN);
    return new Cpu(model, count, megahertz / 1e3, simd);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
