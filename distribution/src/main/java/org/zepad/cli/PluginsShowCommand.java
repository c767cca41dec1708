package org.zepad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.core.plugin.Names;
import org.zepad.core.plugin.OptionInfo;
import org.zepad.core.plugin.PluginInfo;
import org.zepad.core.plugin.PluginKind;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a plugin with its options. */
@Command(
    name = "show",
    description = "Show the options of a plugin: type, default, range and meaning.",
    sortOptions = false)
final class PluginsShowCommand implements Runnable {
  private final GlobalOptions options;

  @Parameters(paramLabel = "NAME", description = "Name of the plugin.")
  private String name = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "Kind, if plugins of several have the name: backbone, ssl-method, attack, dataset,"
              + " defence, fusion, detector.")
  private @Nullable String kind;

  PluginsShowCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    PluginRegistry registry = options.registry();
    List<PluginInfo> found =
        registry.plugins().stream()
            .filter(plugin -> plugin.name().equals(name))
            .filter(plugin -> kind == null || plugin.kind().id().equals(kind))
            .toList();
    if (found.isEmpty()) {
      throw unknown(registry);
    }
    List<Map<String, Object>> result = new ArrayList<>();
    for (PluginInfo plugin : found) {
      List<OptionInfo> infos = registry.options(plugin.kind(), plugin.name());
      if (options.json()) {
        Map<String, Object> map = PluginsCommand.toMap(plugin);
        knowledge(plugin, registry).ifPresent(knowledge -> map.put("knowledge", knowledge));
        map.put("options", infos.stream().map(PluginsShowCommand::toMap).toList());
        result.add(map);
      } else {
        print(plugin, knowledge(plugin, registry), infos);
      }
    }
    if (options.json()) {
      options.out().println(Json.text(result));
    }
  }

  /** What the attacker must hold, of an attack. */
  private static Optional<String> knowledge(PluginInfo plugin, PluginRegistry registry) {
    return plugin.kind() == PluginKind.ATTACK
        ? Optional.of(Results.kebab(registry.attack(plugin.name()).knowledge()))
        : Optional.empty();
  }

  private ZepadException unknown(PluginRegistry registry) {
    List<String> kinds = new ArrayList<>();
    for (PluginKind each : PluginKind.values()) {
      kinds.add(each.id());
    }
    if (kind != null && !kinds.contains(kind)) {
      return ZepadException.usage(
          "There is no kind of plugin '"
              + kind
              + "'"
              + Names.didYouMean(kind, kinds)
              + " Kinds are "
              + String.join(", ", kinds)
              + ".");
    }
    List<String> names =
        registry.plugins().stream()
            .filter(plugin -> kind == null || plugin.kind().id().equals(kind))
            .map(PluginInfo::name)
            .distinct()
            .sorted()
            .toList();
    return ZepadException.usage(
        "There is no plugin '"
            + name
            + "'"
            + Names.didYouMean(name, names)
            + " There are "
            + String.join(", ", names)
            + "; 'zepad plugins' says what they are.");
  }

  private void print(PluginInfo plugin, Optional<String> knowledge, List<OptionInfo> infos) {
    options
        .out()
        .printf(
            "%s '%s', version %s, from %s%n%s%n",
            plugin.kind().label(),
            plugin.name(),
            plugin.version(),
            plugin.source(),
            plugin.description());
    knowledge.ifPresent(held -> options.out().println("The attacker must hold: " + held));
    if (infos.isEmpty()) {
      options.out().println("It has no options.");
      return;
    }
    Table table = new Table("  ");
    for (OptionInfo info : infos) {
      table.row(
          List.of(
              info.name(),
              info.type(),
              "default " + (info.defaultValue().isEmpty() ? "empty" : info.defaultValue()),
              info.range(),
              info.help()));
    }
    options.out().println("Options:");
    options.out().print(table);
  }

  private static Map<String, Object> toMap(OptionInfo info) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", info.name());
    map.put("type", info.type());
    map.put("default", info.defaultValue());
    map.put("range", info.range());
    map.put("help", info.help());
    return map;
  }
}
