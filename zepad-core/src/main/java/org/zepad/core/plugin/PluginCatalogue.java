package org.zepad.core.plugin;

import com.google.inject.Module;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.Provider;
import org.zepad.api.ZepadException;

/**
 * What was found, before it is wired. Nothing but providers was created.
 *
 * @param plugins the plugins that work, sorted by kind and name
 * @param broken those that do not
 * @param modules the Guice modules that plugins bring
 */
public record PluginCatalogue(
    List<Entry> plugins, List<BrokenPlugin> broken, List<PluginModule> modules) {

  /** Copies the lists. */
  public PluginCatalogue {
    plugins = List.copyOf(plugins);
    broken = List.copyOf(broken);
    modules = List.copyOf(modules);
  }

  /** The plugins' modules as Guice takes them. */
  List<Module> guice() {
    return modules.stream().map(PluginModule::module).toList();
  }

  /** A plugin with what is told of it. */
  public record Entry(PluginInfo info, Provider<?> provider) {}

  /**
   * Looks at the application and at plugin folders. A folder holds jars, each a plugin, and folders
   * of jars, each a plugin with its libraries.
   *
   * @param folders existing folders
   * @throws ZepadException of kind USAGE when two plugins of a kind have one name, naming both jars
   */
  public static PluginCatalogue scan(List<Path> folders) {
    return scan(folders, List.of());
  }

  /**
   * Looks at single plugins, too.
   *
   * @param plugins existing jars, or folders of the jars of one plugin
   * @throws ZepadException of kind USAGE for a plugin without a jar, and as above
   */
  public static PluginCatalogue scan(List<Path> folders, List<Path> plugins) {
    List<BrokenPlugin> broken = new ArrayList<>();
    List<PluginSource> sources = new ArrayList<>();
    sources.add(PluginSource.application());
    for (Path folder : folders) {
      jars(folder).forEach((name, jars) -> open(name, jars, sources, broken));
    }
    for (Path plugin : plugins) {
      List<Path> jars = jarsOf(plugin);
      if (jars.isEmpty()) {
        throw ZepadException.usage(
            plugin + " is no jar and no folder of jars; name the jar of a plugin.");
      }
      open(plugin.getFileName().toString(), jars, sources, broken);
    }
    List<Entry> entries = new ArrayList<>();
    List<PluginModule> modules = new ArrayList<>();
    for (PluginSource source : sources) {
      ServiceScan scan = new ServiceScan(source, broken);
      for (PluginKind kind : PluginKind.values()) {
        scan.make(kind.spi()).forEach(p -> add(kind, p, source, entries, broken));
      }
      scan.make(Module.class)
          .forEach(module -> modules.add(new PluginModule(module, source.name())));
    }
    entries.sort(
        Comparator.comparing((Entry e) -> e.info().kind()).thenComparing(e -> e.info().name()));
    refuseDuplicates(entries);
    return new PluginCatalogue(entries, broken, modules);
  }

  private static void open(
      String name, List<Path> jars, List<PluginSource> sources, List<BrokenPlugin> broken) {
    try {
      sources.add(PluginSource.of(name, jars));
    } catch (IOException | RuntimeException | LinkageError e) {
      broken.add(new BrokenPlugin("plugin", name, e));
    }
  }

  private static void add(
      PluginKind kind,
      Provider<?> provider,
      PluginSource source,
      List<Entry> entries,
      List<BrokenPlugin> broken) {
    try {
      PluginInfo info = PluginInfos.of(kind, provider);
      // A plugin whose defaults do not even bind would fail later, in the middle of work.
      OptionsBinder.bind(info.label(), provider.optionsType(), Map.of());
      entries.add(new Entry(info, provider));
    } catch (RuntimeException | LinkageError e) {
      broken.add(new BrokenPlugin(provider.getClass().getName(), source.name(), e));
    }
  }

  private static void refuseDuplicates(List<Entry> sorted) {
    List<String> problems = new ArrayList<>();
    for (int i = 1; i < sorted.size(); i++) {
      PluginInfo one = sorted.get(i - 1).info();
      PluginInfo two = sorted.get(i).info();
      if (one.kind() == two.kind() && one.name().equals(two.name())) {
        problems.add(
            "Two plugins bring a "
                + one.kind().label()
                + " '"
                + one.name()
                + "': "
                + one.source()
                + " and "
                + two.source()
                + "; remove one of them.");
      }
    }
    if (!problems.isEmpty()) {
      throw ZepadException.usage(String.join("\n", problems));
    }
  }

  private static Map<String, List<Path>> jars(Path folder) {
    Map<String, List<Path>> plugins = new LinkedHashMap<>();
    for (Path path : sorted(folder)) {
      List<Path> jars = jarsOf(path);
      if (!jars.isEmpty()) {
        plugins.put(path.getFileName().toString(), jars);
      }
    }
    return plugins;
  }

  /** The jars of one plugin: itself, or those of a folder; none if it is neither. */
  private static List<Path> jarsOf(Path plugin) {
    if (Files.isDirectory(plugin)) {
      return sorted(plugin).stream().filter(PluginCatalogue::isJar).toList();
    }
    return isJar(plugin) ? List.of(plugin) : List.of();
  }

  private static boolean isJar(Path path) {
    return path.getFileName().toString().endsWith(".jar");
  }

  private static List<Path> sorted(Path folder) {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(paths::add);
    } catch (IOException e) {
      throw new ZepadException(
          ZepadException.Kind.USAGE,
          "The plugin folder " + folder + " cannot be read; name an existing folder.",
          e);
    }
    return paths.stream().sorted().toList();
  }
}
