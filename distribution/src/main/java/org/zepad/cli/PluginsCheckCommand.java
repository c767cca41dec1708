package org.zepad.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.core.check.Capability;
import org.zepad.core.check.ContractResult;
import org.zepad.core.check.ContractResult.Outcome;
import org.zepad.core.check.ContractRunner;
import org.zepad.core.check.Subject;
import org.zepad.core.plugin.BrokenPlugin;
import org.zepad.core.plugin.PluginInfo;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a plugin to its contract. */
@Command(
    name = "check",
    description =
        "Run the contract tests of its kind against each plugin of a jar. Plugins are code: check"
            + " only what you would run.",
    sortOptions = false)
final class PluginsCheckCommand implements Runnable {
  private static final int LONGEST = 120;

  private final GlobalOptions options;

  @Parameters(
      paramLabel = "JAR",
      description = "A plugin's jar, or the folder of a plugin with its libraries.")
  private Path jar = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The plugin of the jar to check (default: all).")
  private @Nullable String name;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "An option of the plugin, to make it small: few epochs, short vectors. May be given"
              + " several times.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--lacks",
      paramLabel = "CAPABILITY",
      split = ",",
      description = "What the plugin does not do: ${COMPLETION-CANDIDATES}.")
  private Set<Capability> lacks = EnumSet.noneOf(Capability.class);

  PluginsCheckCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    if (!Files.exists(jar)) {
      throw ZepadException.usage("There is no " + jar + "; name the jar of a plugin.");
    }
    ContractRunner runner = ContractRunner.of(testkit());
    PluginRegistry registry = options.registry(List.of(jar));
    Map<PluginInfo, List<ContractResult>> results = new LinkedHashMap<>();
    for (PluginInfo plugin : brought(registry)) {
      Subject subject = new Subject(registry, plugin, Map.copyOf(set), lacks, options.data());
      results.put(plugin, runner.run(subject, options.progress()));
    }
    if (options.json()) {
      options.out().println(Json.text(results.entrySet().stream().map(this::toMap).toList()));
    } else {
      results.forEach(this::print);
    }
    List<ContractResult> all = results.values().stream().flatMap(List::stream).toList();
    long broken = all.stream().filter(clause -> clause.outcome() == Outcome.BROKEN).count();
    if (broken > 0) {
      throw ZepadException.input(
          jar.getFileName()
              + " breaks "
              + broken
              + " of the "
              + all.size()
              + " clauses tried. What a plugin is not meant to do is said with --lacks; options"
              + " that make it small, with --set.");
    }
  }

  private static Path testkit() {
    String home = System.getProperty("zepad.home");
    return Path.of(home == null ? "" : home, "testkit");
  }

  /** The plugins that the jar adds to the others. */
  private List<PluginInfo> brought(PluginRegistry registry) {
    PluginRegistry others = options.registry();
    Set<String> known = new HashSet<>();
    others.broken().forEach(plugin -> known.add(plugin.message()));
    List<String> broken =
        registry.broken().stream()
            .map(BrokenPlugin::message)
            .filter(message -> !known.contains(message))
            .toList();
    if (!broken.isEmpty()) {
      throw ZepadException.input(String.join("\n", broken));
    }
    List<PluginInfo> brought = new ArrayList<>(registry.plugins());
    brought.removeAll(others.plugins());
    if (brought.isEmpty()) {
      throw ZepadException.input(
          jar
              + " brings no plugin. A provider is named by 'provides' in its module-info, or in"
              + " META-INF/services.");
    }
    List<PluginInfo> wanted =
        brought.stream().filter(plugin -> name == null || plugin.name().equals(name)).toList();
    if (wanted.isEmpty()) {
      throw ZepadException.usage(
          jar
              + " brings no plugin '"
              + name
              + "'; it brings "
              + String.join(", ", brought.stream().map(PluginInfo::name).toList())
              + ".");
    }
    return wanted;
  }

  private void print(PluginInfo plugin, List<ContractResult> clauses) {
    options.out().println(plugin.label());
    for (ContractResult clause : clauses) {
      String mark =
          switch (clause.outcome()) {
            case KEPT -> "  kept     ";
            case BROKEN -> "  BROKEN   ";
            case SKIPPED -> "  skipped  ";
          };
      options.out().println(mark + clause.clause());
      clause.message().lines().forEach(line -> options.out().println("           " + cut(line)));
    }
  }

  /** What shows numbers may show very many; JSON has them all. */
  private static String cut(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  private Map<String, Object> toMap(Map.Entry<PluginInfo, List<ContractResult>> result) {
    Map<String, Object> map = PluginsCommand.toMap(result.getKey());
    map.put(
        "clauses",
        result.getValue().stream()
            .map(
                clause ->
                    Map.of(
                        "clause", clause.clause(),
                        "outcome", Results.kebab(clause.outcome()),
                        "message", clause.message()))
            .toList());
    return map;
  }
}
