package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/**
 * The help of every command is a file that is reviewed. After a wanted change run the test with
 * {@code -Dzepad.golden.update=true} and read the difference.
 */
class HelpTest {
  private static final Path FILES = Path.of("src/test/resources/help");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.run(args, new PrintWriter(out), new PrintWriter(err), false);
  }

  private static Stream<List<String>> commands(CommandLine line, List<String> path) {
    return Stream.concat(
        Stream.of(path),
        line.getSubcommands().entrySet().stream()
            .flatMap(
                sub -> {
                  List<String> longer = new ArrayList<>(path);
                  longer.add(sub.getKey());
                  return commands(sub.getValue(), longer);
                }));
  }

  @TestFactory
  Stream<DynamicTest> everyCommandHasItsHelp() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    CommandLine line = new Commands(new GlobalOptions(nowhere, nowhere, false, List.of())).all();
    return commands(line, List.of())
        .map(path -> DynamicTest.dynamicTest("zepad " + path, () -> new HelpTest().check(path)));
  }

  @Test
  void aCommandIsMadeWithoutTheOthers() {
    GlobalOptions options =
        new GlobalOptions(new PrintWriter(out), new PrintWriter(err), false, List.of());
    Commands commands = new Commands(options);
    for (String name : commands.all().getSubcommands().keySet()) {
      assertThat(commands.of(name, "--help").getSubcommands()).containsOnlyKeys(name);
    }
    assertThat(commands.of("--json", "zoo").getSubcommands()).containsKeys("zoo", "predict");
    assertThat(commands.of("shwo").getSubcommands()).containsKeys("zoo", "predict");
  }

  private void check(List<String> path) throws IOException {
    List<String> args = new ArrayList<>(path);
    args.add("--help");
    assertThat(run(args.toArray(String[]::new))).isZero();
    assertThat(err.toString()).isEmpty();
    Path file = FILES.resolve(String.join("-", path.isEmpty() ? List.of("zepad") : path) + ".txt");
    String text = out.toString().replace(System.lineSeparator(), "\n");
    if (Boolean.getBoolean("zepad.golden.update")) {
      Files.createDirectories(FILES);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
    assertThat(text.lines().toList()).allMatch(l -> l.length() <= 100);
  }

  @Test
  void testsRunOnTheModulePath() {
    assertThat(getClass().getModule().isNamed()).isTrue();
  }

  @Test
  void mistakesOfUsageAreToldInOneParagraph() {
    assertThat(run("plugins", "shwo")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "zepad: There is no command 'shwo'; did you mean 'show'? 'zepad plugins --help' shows"
                + " what there is."
                + System.lineSeparator());
  }

  @Test
  void aStackTraceComesOnlyWhenAskedFor() {
    assertThat(run("--stacktrace", "plugins", "--plugin-path", "nowhere-at-all")).isEqualTo(2);
    assertThat(err.toString()).contains("name an existing folder").contains("\tat ");
  }

  @Test
  void internalErrorsShowTheirStackTrace() {
    GlobalOptions options =
        new GlobalOptions(new PrintWriter(out), new PrintWriter(err), false, List.of());
    assertThat(new Failures(options).handle(new IllegalStateException("oops"))).isEqualTo(70);
    assertThat(err.toString()).contains("internal error").contains("oops").contains("\tat ");
  }
}
