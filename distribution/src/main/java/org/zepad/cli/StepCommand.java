package org.zepad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.zepad.core.config.ConfigReader;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.OptionInfo;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/**
 * A command that runs a step of the pipeline with a configuration: a file, settings, or both.
 *
 * @param <C> the step's configuration
 */
abstract class StepCommand<C extends Record> implements Runnable {
  private final GlobalOptions options;
  private final Class<C> type;
  private final Map<String, String> shortcuts;
  private final Map<String, String> shortSettings = new LinkedHashMap<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The step's configuration in YAML (default: the defaults below).")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting; goes before the file. May be given several times.")
  private Map<String, String> set = new LinkedHashMap<>();

  /**
   * A command.
   *
   * @param type the record of its configuration
   * @param shortcuts options such as {@code --method}, and the settings they stand for
   */
  StepCommand(GlobalOptions options, Class<C> type, Map<String, String> shortcuts) {
    this.options = options;
    this.type = type;
    this.shortcuts = new TreeMap<>(shortcuts);
  }

  /** Runs the step and prints its result. */
  abstract void run(C configuration, PluginRegistry registry, Settings settings);

  @Override
  public void run() {
    PluginRegistry registry = options.registry();
    // The parser gives the field behind --set a map of its own.
    Map<String, String> settings = new LinkedHashMap<>(shortSettings);
    settings.putAll(set);
    C configuration = new ConfigReader(registry).read(type, file(), settings);
    run(configuration, registry, settings(configuration));
  }

  /** The file that holds the configuration, or null for the defaults. */
  @Nullable Path file() {
    return config;
  }

  /** The seed where none is given on the command line. */
  long defaultSeed(C configuration) {
    return 1;
  }

  /** Options of the program. */
  GlobalOptions options() {
    return options;
  }

  /** Prints a result: JSON for programs, lines for people. */
  void print(Map<String, Object> result, String text) {
    options.out().println(options.json() ? Json.text(result) : text);
  }

  /** Adds the configuration's settings to the command's help. */
  void describe(CommandSpec spec) {
    shortcuts.forEach((name, setting) -> spec.addOption(shortcut(name, setting)));
    List<String> lines =
        new ArrayList<>(List.of("", "Settings (--set KEY=VALUE, or in the file):"));
    for (OptionInfo info : ConfigReader.settings(type)) {
      String value = info.defaultValue().isEmpty() ? "" : " (default " + info.defaultValue() + ")";
      String kind = info.type().equals("list") ? " (a list: in the file)" : value;
      // A percent sign would be taken for a format.
      lines.add(("  " + info.name() + ": " + info.help() + kind).replace("%", "%%"));
    }
    spec.usageMessage().footer(lines.toArray(String[]::new));
  }

  private OptionSpec shortcut(String name, String setting) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel("VALUE")
        .description("Short for --set " + setting + "=VALUE.")
        .setter(
            new ISetter() {
              @Override
              public <T> @Nullable T set(@Nullable T value) {
                if (value != null) {
                  shortSettings.put(setting, value.toString());
                }
                return null;
              }
            })
        .build();
  }

  private Settings settings(C configuration) {
    Long seed = options.seed();
    return options.settings(seed == null ? defaultSeed(configuration) : seed);
  }
}
