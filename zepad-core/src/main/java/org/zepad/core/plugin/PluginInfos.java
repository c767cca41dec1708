package org.zepad.core.plugin;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.zepad.api.Provider;

/** Finds out what is told of a plugin: its name, and which version of which jar it lies in. */
final class PluginInfos {
  private static final String UNKNOWN = "unknown";

  private PluginInfos() {}

  /**
   * What is told of a provider.
   *
   * @throws IllegalArgumentException when its name is not in kebab case, or it says nothing
   */
  static PluginInfo of(PluginKind kind, Provider<?> provider) {
    @Nullable String name = provider.name();
    @Nullable String description = provider.description();
    if (name == null || !Names.isKebab(name)) {
      throw new IllegalArgumentException(
          "its name '" + name + "' must be of lower-case ASCII letters, digits and single hyphens");
    }
    if (description == null || description.isBlank() || description.contains("\n")) {
      throw new IllegalArgumentException("its description must be one line");
    }
    Class<?> type = provider.getClass();
    Path location = location(type);
    String version = version(type, location);
    return new PluginInfo(kind, name, description, version, source(location));
  }

  private static @Nullable Path location(Class<?> type) {
    Optional<URI> uri = Optional.empty();
    ModuleLayer layer = type.getModule().getLayer();
    if (layer != null) {
      uri =
          layer
              .configuration()
              .findModule(type.getModule().getName())
              .map(module -> module.reference())
              .flatMap(ModuleReference::location);
    } else {
      CodeSource code = type.getProtectionDomain().getCodeSource();
      if (code != null && code.getLocation() != null) {
        try {
          uri = Optional.of(code.getLocation().toURI());
        } catch (URISyntaxException e) {
          return null;
        }
      }
    }
    return uri.filter(u -> "file".equals(u.getScheme())).map(Path::of).orElse(null);
  }

  private static String source(@Nullable Path location) {
    if (location == null) {
      return UNKNOWN;
    }
    // Classes that were not packaged lie in project/target/classes: the project says more.
    int names = location.getNameCount();
    boolean unpacked = Files.isDirectory(location) && names > 3;
    return (unpacked ? location.subpath(names - 3, names) : location.getFileName()).toString();
  }

  private static String version(Class<?> type, @Nullable Path location) {
    ModuleDescriptor descriptor = type.getModule().getDescriptor();
    if (descriptor != null && descriptor.rawVersion().isPresent()) {
      return descriptor.rawVersion().get();
    }
    if (location == null || Files.isDirectory(location)) {
      return UNKNOWN;
    }
    try (JarFile jar = new JarFile(location.toFile())) {
      Manifest manifest = jar.getManifest();
      String version =
          manifest == null ? null : manifest.getMainAttributes().getValue("Implementation-Version");
      return version == null ? UNKNOWN : version;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
