package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.config.ConfigReader;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.encoder.EncoderFiles;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.pipeline.BranchConfig;
import org.zepad.core.pipeline.HardenConfig;
import org.zepad.core.pipeline.HardenStep;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;

/** Bundles whose branches have hardenings of their own, through the real step and plugins. */
class HardenBranchesTest {
  private static final PluginRegistry PLUGINS = PluginRegistry.open(List.of());

  @TempDir Path folder;
  private final Settings settings =
      new Settings(1, Device.cpu(), Path.of("data"), Progress.silent());

  @BeforeEach
  void writeEncoders() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      for (String name : List.of("a", "b", "c")) {
        try (RunContext part = context.child(name)) {
          EncoderInfo info =
              new EncoderInfo(
                  "resnet18", Map.of("width", 2), "unknown", Preprocessing.cifar(16), Map.of());
          Encoder encoder = new BackboneEncoder(info, PLUGINS::createBackbone, part);
          EncoderFiles.save(encoder, folder.resolve(name + ".safetensors"));
        }
      }
    }
  }

  private HardenConfig config(String branches) throws IOException {
    Path file = folder.resolve("bundle.yaml");
    Files.writeString(
        file,
        """
        branches:
        %s
        defence: {name: zepad, options: {epochs: 1, batch-size: 20, attack-steps: 1}}
        data: {name: shapes, size: 16, options: {train: 40, test: 8}}
        """
            .formatted(branches.replace("DIR", folder.toString()).stripTrailing()));
    return new ConfigReader(PLUGINS).read(HardenConfig.class, file, Map.of());
  }

  private Map<String, Map<String, String>> harden(HardenConfig config, String name) {
    Path out = folder.resolve(name);
    BundleManifest manifest = new HardenStep(PLUGINS, settings).run(config, out);
    Map<String, Map<String, String>> facts = new HashMap<>();
    List<String> order = new ArrayList<>();
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
        Bundle bundle = Bundle.open(out, PLUGINS, context)) {
      bundle
          .branches()
          .forEach(
              branch -> {
                order.add(branch.name());
                facts.put(branch.name(), branch.encoder().info().provenance());
              });
    }
    assertThat(order).isEqualTo(config.branches().stream().map(BranchConfig::name).toList());
    assertThat(manifest.branches()).hasSize(order.size());
    return facts;
  }

  @Test
  void eachBranchIsHardenedByItsOwnDefenceOrByTheBundles() throws IOException {
    HardenConfig config =
        config(
            """
              - {name: kept, role: mpae, encoder: DIR/a.safetensors, hardening: none}
              - {name: first, role: mpae, encoder: DIR/a.safetensors}
              - name: other
                role: mpae
                encoder: DIR/b.safetensors
                hardening: {name: trades, options: {beta: 3, epochs: 1, batch-size: 20, attack-steps: 1}}
              - {name: helper, role: bmp, encoder: DIR/c.safetensors}
            """);
    Map<String, Map<String, String>> facts = harden(config, "bundle");
    assertThat(facts.get("kept")).doesNotContainKey("hardened");
    assertThat(facts.get("first")).containsEntry("hardened", "zepad");
    assertThat(facts.get("other")).containsEntry("hardened", "trades");
    assertThat(facts.get("other").get("hardened-options")).contains("beta=3.0");
    assertThat(facts.get("helper")).doesNotContainKey("hardened");
    // The same configuration is the same bundle; another hardening is another.
    harden(config, "bundle");
    HardenConfig changed =
        config("  - {name: kept, role: mpae, encoder: DIR/a.safetensors, hardening: pgd-at}");
    assertThatThrownBy(() -> harden(changed, "bundle"))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("another configuration");
  }

  @Test
  void aBundleNeedsNoBranchForItsDefence() throws IOException {
    HardenConfig config =
        config("  - {name: kept, role: bmp, encoder: DIR/a.safetensors, hardening: none}");
    assertThat(harden(config, "kept").get("kept")).doesNotContainKey("hardened");
  }

  @Test
  void unknownHardeningsAndOptionsAreToldWithTheirLines() {
    assertThatThrownBy(
            () ->
                config(
                    """
                      - {name: a, encoder: DIR/a.safetensors, hardening: trade}
                      - {name: b, encoder: DIR/b.safetensors, hardening: {name: mart, options: {lamda: 5}}}
                    """))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("trades")
        .hasMessageContaining("line 3")
        .hasMessageContaining("lambda");
  }

  @Test
  void theExampleOfABundleIsAccepted() {
    HardenConfig config =
        new ConfigReader(PLUGINS)
            .read(HardenConfig.class, Path.of("src/main/config/bundle.yaml"), Map.of());
    assertThat(config.branches()).extracting(BranchConfig::role).contains(Role.MPAE, Role.BMP);
    assertThat(config.branches()).hasSize(3);
  }
}
