package org.zepad.core.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.core.pipeline.HardenConfig;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.testkit.ParserFuzz;

/** A damaged configuration is read or refused. */
class ConfigReaderFuzzTest {
  private static final String SOUND =
      """
      # a comment
      branches:
        - &first {name: victim, role: mpae, encoder: "zoo:simclr"}
        - name: 'helper'
          role: bmp
          encoder: >
            a file
            of two lines
        - *first
      defence: none
      fusion:
        name: robust-federal-decision
        options: {"\\u006b": 3.5e0}
      """;

  @TempDir Path folder;

  @Test
  void yaml() {
    Path file = folder.resolve("c.yaml");
    ConfigReader reader = new ConfigReader(PluginRegistry.open(List.of()));
    new ParserFuzz("configuration, YAML", 64, ZepadException.Kind.USAGE)
        .run(
            file,
            damaged -> reader.read(HardenConfig.class, damaged, Map.of()),
            SOUND.getBytes(StandardCharsets.UTF_8));
  }
}
