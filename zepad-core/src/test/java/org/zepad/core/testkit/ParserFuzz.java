package org.zepad.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.zepad.api.ZepadException;

/**
 * Damages sound files at random and holds their parser to its word: a damaged file is read, or
 * refused with a {@link ZepadException} of the expected kind, in time and within a bound of memory.
 *
 * <p>{@code -Dzepad.fuzz.count} sets the number of damaged files for each parser, and {@code
 * -Dzepad.fuzz.seed} takes others. A run with a count prints a line of figures for each parser.
 */
public final class ParserFuzz {
  private static final long SEED = Long.getLong("zepad.fuzz.seed", 20261101L);
  private static final int SHORT = 200;
  private static final int COUNT = Integer.getInteger("zepad.fuzz.count", SHORT);

  /** For one file; a busy machine gets three tries. */
  private static final long LIMIT_NANOS = 2_000_000_000L;

  private static final long MEBI = 1 << 20;

  private final String name;
  private final ZepadException.Kind refusal;
  private final long mostBytes;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private int count = COUNT;
  private int refused;
  private long slowest;
  private long largest;

  /**
   * What is tested.
   *
   * @param <T> bytes, or the path of the file that holds them
   */
  @FunctionalInterface
  public interface Parser<T> {
    /** Reads to the end, or refuses. */
    void read(T damaged) throws IOException;
  }

  /**
   * For a parser that refuses with the kind INPUT.
   *
   * @param name what the line of figures calls it
   * @param mebibytes how much one file may make the heap allocate, garbage included
   */
  public ParserFuzz(String name, int mebibytes) {
    this(name, mebibytes, ZepadException.Kind.INPUT);
  }

  /** For a parser that refuses with this kind. */
  public ParserFuzz(String name, int mebibytes, ZepadException.Kind refusal) {
    this.name = name;
    this.mostBytes = mebibytes * MEBI;
    this.refusal = refusal;
  }

  /** Damages fewer files, for a reader that takes long. */
  public ParserFuzz oneIn(int files) {
    count = COUNT / files;
    return this;
  }

  /**
   * Damages files in turn, for a parser of paths.
   *
   * @param place where the damaged files are put
   * @param files such as the parser reads, or refuses late
   */
  public void run(Path place, Parser<Path> parser, byte[]... files) {
    run(
        bytes -> {
          // Made anew: some file systems wait for the disk when a file is emptied and filled.
          Files.deleteIfExists(place);
          parser.read(Files.write(place, bytes));
        },
        files);
  }

  /**
   * Damages files in turn, for a parser of bytes.
   *
   * @param files such as the parser reads, or refuses late
   */
  public void run(Parser<byte[]> parser, byte[]... files) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < count; i++) {
      String line = name + ": -Dzepad.fuzz.seed=" + SEED + ", mutation " + i;
      check(parser, Mutation.of(files[i % files.length], random.split()), line);
    }
    if (COUNT != SHORT) {
      System.out.printf(
          "fuzz | %s | %d mutations | %d refused | %d read | slowest %.1f ms | most %.2f MiB%n",
          name, count, refused, count - refused, slowest / 1e6, largest / (double) MEBI);
    }
  }

  private void check(Parser<byte[]> parser, byte[] damaged, String line) {
    long fastest = LIMIT_NANOS;
    boolean read = false;
    for (int tries = 0; tries < 3 && fastest >= LIMIT_NANOS; tries++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      read = isRead(parser, damaged, line);
      fastest = System.nanoTime() - start;
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as(line).isLessThanOrEqualTo(mostBytes);
      largest = Math.max(largest, allocated);
    }
    assertThat(fastest).as(line).isLessThan(LIMIT_NANOS);
    slowest = Math.max(slowest, fastest);
    refused += read ? 0 : 1;
  }

  private boolean isRead(Parser<byte[]> parser, byte[] damaged, String line) {
    try {
      parser.read(damaged);
      return true;
    } catch (ZepadException e) {
      assertThat(e.kind()).as(line + ": " + e.getMessage()).isEqualTo(refusal);
      return false;
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError(line, e);
    }
  }
}
