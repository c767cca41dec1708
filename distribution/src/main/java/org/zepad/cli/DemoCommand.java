package org.zepad.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.core.config.ConfigReader;
import org.zepad.core.evaluate.Report;
import org.zepad.core.pipeline.Pipeline;
import org.zepad.core.pipeline.PipelineConfig;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the whole path on images that it draws itself. */
@Command(
    name = "demo",
    description =
        "Run the whole path on images that are drawn on the spot: nothing is needed, nothing is"
            + " downloaded. A killed demo continues when repeated.",
    sortOptions = false)
final class DemoCommand implements Runnable {
  private final GlobalOptions options;

  @Option(
      names = "--fast",
      description = "Shortened to a minute or two: shows that all works, proves nothing.")
  private boolean fast;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "zepad-demo",
      description = "The folder that gets everything (default: zepad-demo).")
  private Path out = Path.of("zepad-demo");

  DemoCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    PluginRegistry registry = options.registry();
    PipelineConfig configuration =
        new ConfigReader(registry).read(PipelineConfig.class, file(), Map.of());
    Long seed = options.seed();
    Settings settings = options.settings(seed == null ? configuration.seed() : seed);
    List<Report> reports = new Pipeline(registry, settings).run(configuration, out);
    Results.report(options, reports, out);
  }

  private Path file() {
    String home = System.getProperty("zepad.home", "");
    Path file = Path.of(home, "conf", fast ? "demo-fast.yaml" : "demo.yaml");
    if (home.isEmpty() || !Files.exists(file)) {
      throw ZepadException.environment(
          "The demo's configuration "
              + file
              + " is not there; start the program by bin/zepad of its own folder.",
          null);
    }
    return file;
  }
}
