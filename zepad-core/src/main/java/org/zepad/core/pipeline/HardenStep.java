package org.zepad.core.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Defence;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.bundle.BundleWriter;
import org.zepad.core.bundle.PluginChoice;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.Sha256;
import org.zepad.core.io.WorkLock;
import org.zepad.core.plugin.PluginKind;
import org.zepad.core.plugin.PluginRegistry;

/** Hardens encoders once, into a bundle without tasks. */
public final class HardenStep {
  /** The entry of a bundle's provenance that names its defence. */
  public static final String DEFENCE = "defence";

  private final PluginRegistry plugins;
  private final Settings settings;

  /** The step over these plugins. */
  public HardenStep(PluginRegistry plugins, Settings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  /**
   * Hardens, continuing what a killed call left in {@code OUT.work}.
   *
   * @param config encoders, defence, fusion, detector
   * @param out the bundle; if it exists and is of this very configuration, nothing is done
   * @throws ZepadException of kind USAGE if it exists and is another one, of kind ENVIRONMENT if
   *     another process works on it
   */
  public BundleManifest run(HardenConfig config, Path out) {
    Path work = out.resolveSibling(out.getFileName() + ".work");
    BundleManifest manifest = run(config, out, work);
    AtomicFiles.delete(work);
    return manifest;
  }

  /**
   * Hardens as {@link #run(HardenConfig, Path)} does, and leaves what it saved on the way for other
   * bundles: a branch that they tune with the same weights, options, data and seed is taken from
   * there.
   *
   * @param work where work is saved; one process at a time
   */
  public BundleManifest run(HardenConfig config, Path out, Path work) {
    if (config.branches().isEmpty()) {
      throw ZepadException.usage(
          "hardening needs at least one branch with an encoder, the public victim first");
    }
    BranchHardening hardening = new BranchHardening(config, plugins);
    PluginChoice fusion = choice(PluginKind.FUSION, config.fusion());
    PluginChoice detector = choice(PluginKind.DETECTOR, config.detector());
    try (WorkLock lock = WorkLock.of(out);
        OpenData data = OpenData.open(plugins, config.data(), settings)) {
      Map<String, String> provenance = new LinkedHashMap<>(data.provenance());
      Map<String, Path> files = new LinkedHashMap<>();
      for (BranchConfig branch : config.branches()) {
        Path file = EncoderLoader.file(branch.encoder(), plugins);
        files.put(branch.name(), file);
        provenance.put("encoder-" + branch.name() + "-sha256", Sha256.of(file));
      }
      String identity = identity(config, provenance);
      AtomicFiles.restore(out);
      if (Files.exists(out)) {
        BundleManifest manifest = Bundle.inspect(out);
        Identity.require(out, manifest.provenance().getOrDefault(Identity.KEY, ""), identity);
        return manifest;
      }
      provenance.put(Identity.KEY, identity);
      provenance.put("configuration", Identity.json(config));
      provenance.put("seed", Long.toString(settings.seed()));
      provenance.put(DEFENCE, config.defence().name());
      Versions.all().forEach((name, version) -> provenance.put("version-" + name, version));
      try (RunContext context = settings.context(work)) {
        List<Branch> hardened =
            hardening.harden(
                new Defence.Request(
                    sources(config, files, context),
                    data.trainBatches(context.manager()),
                    data.validationBatches(context.manager()),
                    plugins.attacks(),
                    context));
        BundleWriter.create(out, hardened, fusion, detector, provenance);
      }
      return Bundle.inspect(out);
    }
  }

  /** Where an encoder lies does not matter, what it is does. */
  private String identity(HardenConfig config, Map<String, String> inputs) {
    List<BranchConfig> nameless =
        config.branches().stream()
            .map(b -> new BranchConfig(b.name(), b.role(), "", b.hardening()))
            .toList();
    HardenConfig essence =
        new HardenConfig(
            nameless, config.defence(), config.data(), config.fusion(), config.detector());
    return Identity.of(essence, settings.seed(), inputs.toString());
  }

  private List<Branch> sources(HardenConfig config, Map<String, Path> files, RunContext context) {
    List<Branch> sources = new ArrayList<>();
    for (BranchConfig branch : config.branches()) {
      sources.add(
          new Branch(
              branch.name(),
              branch.role(),
              EncoderLoader.load(
                  Objects.requireNonNull(files.get(branch.name())), plugins, context)));
    }
    return sources;
  }

  private PluginChoice choice(PluginKind kind, Choice choice) {
    return new PluginChoice(choice.name(), plugins.resolve(kind, choice.name(), choice.options()));
  }
}
