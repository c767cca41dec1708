package org.zepad.core.plugin;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One place that providers come from: the application itself, or the jars of one plugin. A plugin
 * with a module descriptor gets its own module layer, a plain one its own class loader; each may
 * bring its own libraries. What crosses the SPI is shared with the application.
 *
 * @param name for messages: the file name of the jar or of the folder
 * @param layer the module layer; null when the classes lie on a class path
 * @param loader the loader of the classes
 */
record PluginSource(String name, @Nullable ModuleLayer layer, ClassLoader loader) {

  /** Modules whose types appear in SPI signatures, or are injected: never a plugin's own copy. */
  private static final Pattern SHARED =
      Pattern.compile(
          "org\\.zepad\\.(api|core)|ai\\.djl\\..*|com\\.google\\.guice|jakarta\\.inject");

  /** The application: its module layer, or its class path (in tests). */
  static PluginSource application() {
    return new PluginSource(
        "the application",
        PluginSource.class.getModule().getLayer(),
        PluginSource.class.getClassLoader());
  }

  /**
   * The jars of one plugin.
   *
   * @throws IOException when a jar is damaged
   * @throws RuntimeException when the modules cannot be resolved, or were built for another version
   *     of the api
   */
  static PluginSource of(String name, List<Path> jars) throws IOException {
    BuiltFor.require(jars);
    ModuleLayer parent = PluginSource.class.getModule().getLayer();
    boolean modular = false;
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      modular |= hasDescriptor(jars.get(i));
      urls[i] = jars.get(i).toUri().toURL();
    }
    if (parent == null || !modular) {
      ClassLoader application = PluginSource.class.getClassLoader();
      return new PluginSource(name, null, new URLClassLoader(name, urls, application));
    }
    ModuleLayer layer = layer(parent, jars);
    String first = layer.modules().iterator().next().getName();
    return new PluginSource(name, layer, layer.findLoader(first));
  }

  /** Whether a class came from this source, and not from a parent of it. */
  boolean defines(Class<?> type) {
    return layer == null ? type.getClassLoader() == loader : type.getModule().getLayer() == layer;
  }

  private static ModuleLayer layer(ModuleLayer parent, List<Path> jars) {
    Path[] own = jars.stream().filter(jar -> !isShared(jar)).toArray(Path[]::new);
    Set<String> roots =
        ModuleFinder.of(own).findAll().stream()
            .map(ModuleReference::descriptor)
            .filter(descriptor -> !descriptor.isAutomatic())
            .map(ModuleDescriptor::name)
            .collect(Collectors.toSet());
    Configuration configuration =
        parent.configuration().resolveAndBind(ModuleFinder.of(own), ModuleFinder.of(), roots);
    return parent.defineModulesWithOneLoader(configuration, PluginSource.class.getClassLoader());
  }

  private static boolean isShared(Path jar) {
    return ModuleFinder.of(jar).findAll().stream()
        .anyMatch(module -> SHARED.matcher(module.descriptor().name()).matches());
  }

  private static boolean hasDescriptor(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
      return file.getJarEntry("module-info.class") != null;
    }
  }
}
