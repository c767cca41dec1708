package org.zepad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.core.plugin.BrokenPlugin;
import org.zepad.core.plugin.PluginInfo;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;

/** Lists the plugins. */
@Command(
    name = "plugins",
    description = "List the plugins: kind, name, version, jar, and what each is.",
    synopsisSubcommandLabel = "[show NAME | check JAR]",
    sortOptions = false)
final class PluginsCommand implements Runnable {
  private final GlobalOptions options;

  PluginsCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    PluginRegistry registry = options.registry();
    if (options.json()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("plugins", registry.plugins().stream().map(PluginsCommand::toMap).toList());
      result.put("modules", modules(registry));
      result.put("broken", registry.broken().stream().map(BrokenPlugin::message).toList());
      options.out().println(Json.text(result));
      return;
    }
    Table table = new Table();
    for (PluginInfo plugin : registry.plugins()) {
      table.row(
          List.of(
              plugin.kind().id(),
              plugin.name(),
              plugin.version(),
              plugin.source(),
              plugin.description()));
    }
    options.out().print(table);
    registry
        .modules()
        .forEach(
            (module, rebinds) ->
                options
                    .out()
                    .println(
                        "Guice module "
                            + module.label()
                            + (rebinds.isEmpty()
                                ? " rebinds nothing"
                                : " rebinds " + String.join(", ", rebinds))));
  }

  private static List<Map<String, Object>> modules(PluginRegistry registry) {
    List<Map<String, Object>> modules = new ArrayList<>();
    registry
        .modules()
        .forEach(
            (module, rebinds) ->
                modules.add(
                    Map.of(
                        "class",
                        module.module().getClass().getName(),
                        "jar",
                        module.source(),
                        "rebinds",
                        rebinds)));
    return modules;
  }

  /** What is told of a plugin, for JSON. */
  static Map<String, Object> toMap(PluginInfo plugin) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", plugin.kind().id());
    map.put("name", plugin.name());
    map.put("version", plugin.version());
    map.put("jar", plugin.source());
    map.put("description", plugin.description());
    return map;
  }
}
