package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zepad.api.ApiVersion;

/**
 * The parent of plugins' projects has no parent itself, and so repeats versions: they must be those
 * of the program.
 */
class PluginParentTest {
  private static final Path PARENT = Path.of("plugin-parent/pom.xml");
  private static final Path ROOT = Path.of("../pom.xml");

  @Test
  void itHasTheVersionsOfTheProgram() throws IOException {
    String parent = Files.readString(PARENT);
    String version = element(Files.readString(ROOT), "version");
    assertThat(element(parent, "version")).isEqualTo(version);
    assertThat(element(parent, "zepad.version")).isEqualTo(version);
    assertThat(element(parent, "zepad.api.version")).isEqualTo(ApiVersion.CURRENT.toString());
  }

  @Test
  void itHasTheVersionsOfTheLibraries() throws IOException {
    String parent = Files.readString(PARENT);
    String root = Files.readString(ROOT);
    for (String library : List.of("libtorch", "jspecify", "junit", "assertj")) {
      String version = element(root, library + ".version");
      assertThat(parent).as(library).contains("<version>" + version + "</version>");
    }
  }

  @Test
  void theExamplesHaveThisParent() throws IOException {
    String version = element(Files.readString(PARENT), "version");
    try (Stream<Path> examples = Files.list(Path.of("src/examples")).filter(Files::isDirectory)) {
      List<Path> all = examples.toList();
      assertThat(all).hasSizeGreaterThan(3);
      for (Path example : all) {
        // The first version of a project's file is its parent's.
        assertThat(element(Files.readString(example.resolve("pom.xml")), "version"))
            .as(example.toString())
            .isEqualTo(version);
      }
    }
  }

  /** The text of the first element of a name. */
  private static String element(String pom, String name) {
    Matcher matcher = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(pom);
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }
}
