package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.zepad.core.encoder.Zoo;
import org.zepad.core.plugin.PluginRegistry;

/** Every process uses the same copy of an encoder of the zoo, so that killed ones leave no more. */
class ZooCopyTest {
  private final PluginRegistry plugins = PluginRegistry.open(List.of());

  @Test
  void aCopyIsUsedAgainAndADamagedOneMadeAnew() throws IOException {
    Path copy = new Zoo(plugins).file("zoo:simclr");
    byte[] sound = Files.readAllBytes(copy);
    Object made = Files.getLastModifiedTime(copy);
    assertThat(new Zoo(plugins).file("zoo:simclr")).isEqualTo(copy);
    assertThat(Files.getLastModifiedTime(copy)).isEqualTo(made);
    Files.write(copy, new byte[] {1});
    assertThat(new Zoo(plugins).file("zoo:simclr")).isEqualTo(copy).hasBinaryContent(sound);
    try (Stream<Path> folder = Files.list(copy.getParent())) {
      assertThat(folder).containsExactly(copy);
    }
  }
}
