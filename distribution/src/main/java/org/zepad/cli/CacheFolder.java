package org.zepad.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a system wants programs to keep what can be made anew. */
final class CacheFolder {
  private static final String NAME = "zepad";

  private CacheFolder() {}

  /**
   * The folder.
   *
   * @param environment variables of the process
   * @param system the property os.name
   * @param home the property user.home
   * @return empty if the system does not say
   */
  static Optional<Path> standard(Map<String, String> environment, String system, String home) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return folder(environment.get("LOCALAPPDATA"));
    }
    if (name.startsWith("mac")) {
      return folder(home).map(f -> f.resolveSibling("Library/Caches/" + NAME));
    }
    // A relative path there is to be ignored (XDG Base Directory Specification).
    return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
        .filter(value -> !value.isEmpty() && Path.of(value).isAbsolute())
        .flatMap(CacheFolder::folder)
        .or(() -> folder(home).map(f -> f.resolveSibling(".cache/" + NAME)));
  }

  private static Optional<Path> folder(@Nullable String base) {
    return base == null || base.isEmpty() ? Optional.empty() : Optional.of(Path.of(base, NAME));
  }
}
