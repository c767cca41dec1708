package org.zepad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.core.plugin.PluginInfo;
import org.zepad.core.plugin.PluginKind;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;

/** Lists the data sets and whether their files are at hand. */
@Command(
    name = "list",
    description =
        "List the data sets: those whose files are at hand below --data with their images and"
            + " classes, the others with what to put where.",
    sortOptions = false)
final class DatasetsListCommand implements Runnable {
  private final GlobalOptions options;

  DatasetsListCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    PluginRegistry registry = options.registry();
    List<Map<String, Object>> all = new ArrayList<>();
    for (PluginInfo plugin : registry.plugins()) {
      if (plugin.kind() == PluginKind.DATASET) {
        all.add(describe(plugin, registry));
      }
    }
    if (options.json()) {
      options.out().println(Json.text(all));
      return;
    }
    Table table = new Table();
    table.row(List.of("data set", "training", "test", "classes", "what it is"));
    for (Map<String, Object> each : all) {
      table.row(
          List.of(
              text(each, "name"),
              text(each, "train"),
              text(each, "test"),
              text(each, "classes"),
              text(each, "description")));
    }
    options.out().print(table);
    all.stream().filter(each -> Boolean.FALSE.equals(each.get("atHand"))).forEach(this::remedy);
  }

  private void remedy(Map<String, Object> missing) {
    String name = text(missing, "name");
    String fetch =
        Boolean.TRUE.equals(missing.get("fetch"))
            ? "'zepad datasets fetch " + name + "' brings it. "
            : "";
    options.out().printf("%n%s: %s%s%n", name, fetch, missing.get("origin"));
  }

  private static String text(Map<String, Object> map, String key) {
    Object value = map.get(key);
    return value == null ? "-" : value.toString();
  }

  private Map<String, Object> describe(PluginInfo plugin, PluginRegistry registry) {
    DatasetProvider<?> provider = registry.dataset(plugin.name());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", plugin.name());
    map.put("description", plugin.description());
    try (Dataset dataset = registry.openDataset(plugin.name(), Map.of(), options.data())) {
      map.put("atHand", true);
      map.put("train", dataset.train().size());
      map.put("test", dataset.test().size());
      map.put("classes", dataset.classes().size());
    } catch (ZepadException e) {
      map.put("atHand", false);
      map.put("missing", String.valueOf(e.getMessage()));
    }
    map.put("fetch", !provider.downloads().isEmpty());
    map.put("origin", provider.origin());
    return map;
  }
}
