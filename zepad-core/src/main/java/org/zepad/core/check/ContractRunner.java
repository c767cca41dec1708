package org.zepad.core.check;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;

/** Holds plugins to the contracts of their SPIs. Its implementation lies in the test kit. */
public interface ContractRunner {

  /**
   * Runs the contract of the plugin's kind. What the plugin throws breaks a clause and ends
   * nothing.
   *
   * @param progress told of each clause
   * @return the clauses in the order in which they were tried
   */
  List<ContractResult> run(Subject subject, Progress progress);

  /**
   * The runner of a test kit.
   *
   * @param testkit the folder {@code testkit} of the program
   * @throws ZepadException of kind ENVIRONMENT if there is none in it
   */
  static ContractRunner of(Path testkit) {
    List<URL> jars = new ArrayList<>();
    if (Files.isDirectory(testkit)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(testkit, "*.jar")) {
        for (Path jar : found) {
          jars.add(jar.toUri().toURL());
        }
      } catch (IOException e) {
        throw ZepadException.environment("The test kit " + testkit + " cannot be read", e);
      }
    }
    // Never closed: what the runner has begun to load it may need until the process ends.
    ClassLoader loader =
        new URLClassLoader(
            "testkit", jars.toArray(new URL[0]), ContractRunner.class.getClassLoader());
    return ServiceLoader.load(ContractRunner.class, loader)
        .findFirst()
        .orElseThrow(
            () ->
                ZepadException.environment(
                    "There are no contracts in "
                        + testkit
                        + "; unpack the program anew, they lie in its folder testkit.",
                    null));
  }
}
