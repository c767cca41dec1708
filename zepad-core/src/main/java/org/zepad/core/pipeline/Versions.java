package org.zepad.core.pipeline;

import ai.djl.engine.Engine;
import java.util.Map;
import java.util.Objects;

/** What made a product, for provenance. */
public final class Versions {
  private Versions() {}

  /** Those of this program, the training engine, Java and the system, by name. */
  public static Map<String, String> all() {
    return Map.of(
        "zepad",
            Objects.requireNonNullElse(
                Versions.class.getPackage().getImplementationVersion(), moduleVersion()),
        "pytorch", Engine.getEngine("PyTorch").getVersion(),
        "java", Runtime.version().toString(),
        "os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  private static String moduleVersion() {
    var descriptor = Versions.class.getModule().getDescriptor();
    return descriptor == null ? "unknown" : descriptor.rawVersion().orElse("unknown");
  }
}
