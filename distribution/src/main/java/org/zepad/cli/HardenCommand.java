package org.zepad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Role;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.encoder.Zoo;
import org.zepad.core.pipeline.BranchConfig;
import org.zepad.core.pipeline.HardenConfig;
import org.zepad.core.pipeline.HardenStep;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Hardens encoders. */
@Command(
    name = "harden",
    description =
        "Harden encoders, once for all tasks, into a bundle. A killed call continues when repeated.",
    sortOptions = false)
final class HardenCommand extends StepCommand<HardenConfig> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The bundle's folder.")
  private Path out = Path.of("");

  @Option(
      names = "--mpae",
      paramLabel = "FILE",
      description =
          "An encoder to harden, a file or zoo:METHOD, the public victim first. May be given several"
              + " times.")
  private List<String> mpae = new ArrayList<>();

  @Option(
      names = "--bmp",
      paramLabel = "FILE",
      description = "A private encoder that stays as it is. May be given several times.")
  private List<String> bmp = new ArrayList<>();

  HardenCommand(GlobalOptions options) {
    super(
        options,
        HardenConfig.class,
        Map.of("--dataset", "data", "--compat", "defence.options.compat"));
  }

  @Override
  void run(HardenConfig configuration, PluginRegistry registry, Settings settings) {
    BundleManifest manifest = new HardenStep(registry, settings).run(withFiles(configuration), out);
    print(
        Results.bundle(out, manifest),
        "%s: a bundle of %d branches".formatted(out, manifest.branches().size()));
  }

  private HardenConfig withFiles(HardenConfig configuration) {
    List<BranchConfig> branches = new ArrayList<>();
    mpae.forEach(file -> branches.add(branch(file, Role.MPAE)));
    bmp.forEach(file -> branches.add(branch(file, Role.BMP)));
    if (branches.isEmpty()) {
      return configuration;
    }
    if (!configuration.branches().isEmpty()) {
      throw ZepadException.usage(
          "The branches are given twice: in the configuration and by --mpae or --bmp. Give one.");
    }
    return new HardenConfig(
        branches,
        configuration.defence(),
        configuration.data(),
        configuration.fusion(),
        configuration.detector());
  }

  /** A branch named as its file, or as its method in the zoo. */
  private static BranchConfig branch(String encoder, Role role) {
    String name =
        encoder.startsWith(Zoo.PREFIX)
            ? encoder.substring(Zoo.PREFIX.length())
            : String.valueOf(Path.of(encoder).getFileName()).replaceFirst("\\.[^.]*$", "");
    return new BranchConfig(name, role, encoder);
  }
}
