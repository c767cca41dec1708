package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Golden numbers: a folder for each topic, each file a case. The folder is the system property
 * {@code zepad.golden} where it exists, else the small selection that is committed with the code
 * ({@code zepad.golden.committed}).
 */
public final class Golden {
  private Golden() {}

  /** The files of a topic, by listing, in the order of their names; READMEs left out. */
  public static Stream<Path> cases(String topic) {
    Path folder = folder(topic);
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files.filter(f -> !f.getFileName().toString().endsWith(".md")).sorted().toList();
      assertThat(found).as("golden cases in %s", folder).isNotEmpty();
      return found.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of a topic whose names begin with a prefix. */
  public static Stream<Path> cases(String topic, String prefix) {
    return cases(topic).filter(f -> f.getFileName().toString().startsWith(prefix));
  }

  /** The folder of a topic. */
  public static Path folder(String topic) {
    Path given = Path.of(System.getProperty("zepad.golden", "../../shared/golden"), topic);
    return Files.isDirectory(given)
        ? given
        : Path.of(System.getProperty("zepad.golden.committed", "src/test/resources/golden"), topic);
  }

  /** The arrays of an npz file, unnamed. */
  public static Map<String, NDArray> load(Path file, NDManager manager) {
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      for (NDArray array : NDList.decode(manager, in)) {
        arrays.put(array.getName(), array);
        array.setName(null);
      }
      return arrays;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The arrays whose names begin with a prefix, without it and without a trailing {@code _hp}. */
  public static Map<String, NDArray> sub(Map<String, NDArray> arrays, String prefix) {
    Map<String, NDArray> found = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith(prefix)) {
            String rest = name.substring(prefix.length());
            found.put(rest.endsWith("_hp") ? rest.substring(0, rest.length() - 3) : rest, array);
          }
        });
    return found;
  }

  /**
   * R of the golden READMEs: the largest difference over the largest expected value (the largest
   * difference alone where nothing is expected but zeros); entries that are not finite in the
   * expectation are left out.
   */
  public static double r(NDArray actual, NDArray expected) {
    double[] a = doubles(actual);
    double[] e = doubles(expected);
    assertThat(a.length).as("number of entries").isEqualTo(e.length);
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      if (Double.isFinite(e[i])) {
        double d = Math.abs(a[i] - e[i]);
        difference = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(difference, d);
        largest = Math.max(largest, Math.abs(e[i]));
      }
    }
    return largest == 0 ? difference : difference / largest;
  }

  /** Asserts that R is at most a tolerance. */
  public static void assertClose(String what, NDArray actual, NDArray expected, double tolerance) {
    assertThat(r(actual, expected)).as("R of %s", what).isLessThanOrEqualTo(tolerance);
  }

  /** The values of a floating-point or integer array as doubles. */
  public static double[] doubles(NDArray array) {
    Number[] numbers = array.toArray();
    double[] values = new double[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i].doubleValue();
    }
    return values;
  }
}
