package org.zepad.core.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ApiVersion;

/** Whether a plugin was built for a version of the api that this program has. */
final class BuiltFor {
  private BuiltFor() {}

  /**
   * Checks before any class is loaded. A jar that says nothing is taken as it is.
   *
   * @throws IllegalArgumentException saying what is to be done if it was built for another
   * @throws IOException if a jar is damaged
   */
  static void require(List<Path> jars) throws IOException {
    for (Path jar : jars) {
      String text = attribute(jar);
      if (text != null) {
        ApiVersion wanted = ApiVersion.parse(text);
        if (!ApiVersion.CURRENT.serves(wanted)) {
          throw new IllegalArgumentException(
              "%s was built for version %s of the ZePAD api, and this program has version %s: %s"
                  .formatted(jar.getFileName(), wanted, ApiVersion.CURRENT, advice(wanted)));
        }
      }
    }
  }

  private static String advice(ApiVersion wanted) {
    boolean newer = wanted.major() >= ApiVersion.CURRENT.major();
    return newer
        ? "use a newer ZePAD, or an older build of the plugin"
        : "ask for a newer build of the plugin";
  }

  private static @Nullable String attribute(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return manifest == null ? null : manifest.getMainAttributes().getValue(ApiVersion.ATTRIBUTE);
    }
  }
}
