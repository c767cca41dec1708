package org.zepad.core.testkit;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds real plugin jars from source, as a third party would. */
public final class PluginJars {
  private final Path work;
  private final String path;

  /** Of sources that see what this test sees. */
  public PluginJars(Path work) {
    this(work, own());
  }

  /**
   * Of sources that see certain jars alone.
   *
   * @param work where class files are left
   * @param path the jars, separated as paths are
   */
  public PluginJars(Path work, String path) {
    this.work = work;
    this.path = path;
  }

  /** Source of a fusion plugin that keeps the first branch. */
  public static String fusion(String type, String name) {
    return """
        package third;
        import ai.djl.ndarray.NDArray;
        import org.zepad.api.NoOptions;
        import org.zepad.api.fusion.*;
        public class %s implements FusionProvider<NoOptions> {
          public String name() { return "%s"; }
          public String description() { return "made by %s"; }
          public Class<NoOptions> optionsType() { return NoOptions.class; }
          public Fusion create(NoOptions o) { throw new UnsupportedOperationException("boom"); }
        }
        """
        .formatted(type, name, type);
  }

  /** Compiles sources (by class name) and packs them with resources (by path). */
  public Path jar(Path target, Map<String, String> sources, Map<String, String> resources)
      throws IOException {
    Path classes = Files.createTempDirectory(work, "classes");
    if (!sources.isEmpty()) {
      compile(sources, classes);
    }
    Files.createDirectories(target.getParent());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target));
        Stream<Path> all = Files.walk(classes)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
      for (Map.Entry<String, String> resource : resources.entrySet()) {
        out.putNextEntry(new JarEntry(resource.getKey()));
        out.write(resource.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return target;
  }

  private void compile(Map<String, String> sources, Path classes) throws IOException {
    Path folder = Files.createTempDirectory(work, "sources");
    boolean modular = sources.containsKey("module-info");
    List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString()));
    arguments.addAll(List.of(modular ? "-p" : "-cp", path));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    StringWriter log = new StringWriter();
    PrintWriter out = new PrintWriter(log);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    if (javac.run(out, out, arguments.toArray(String[]::new)) != 0) {
      throw new IllegalStateException(log.toString());
    }
  }

  /** The jars and folders that this test sees, separated as paths are. */
  public static String own() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(System::getProperty)
        .filter(p -> p != null)
        .flatMap(p -> Stream.of(p.split(File.pathSeparator)))
        // The native jar has an illegal automatic module name, and is of no use to a compiler.
        .filter(p -> !p.isBlank() && !p.contains("pytorch-native"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
