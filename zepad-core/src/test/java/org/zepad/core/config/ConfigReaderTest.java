package org.zepad.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Option;
import org.zepad.api.ZepadException;
import org.zepad.core.plugin.OptionInfo;
import org.zepad.core.plugin.PluginKind;
import org.zepad.core.plugin.PluginRegistry;

class ConfigReaderTest {
  @TempDir Path folder;
  private final PluginRegistry registry = PluginRegistry.open(List.of());

  public record Chosen(
      @Option(defaultValue = "", help = "name") String name,
      @Option(defaultValue = "", help = "options") Map<String, Object> options) {}

  public record Part(
      @Option(defaultValue = "", help = "name") String name,
      @Option(defaultValue = "32", help = "size", min = 8) int size) {}

  public record Config(
      @Option(defaultValue = "3", help = "epochs", min = 1) int epochs,
      @Option(defaultValue = "shapes", help = "data") Part data,
      @Option(defaultValue = "", help = "parts") List<Part> parts,
      @PluginOf(PluginKind.FUSION) @Option(defaultValue = "equal", help = "fusion") Chosen fusion) {
    public Config {
      if (epochs == 13) {
        throw new IllegalArgumentException("13 brings bad luck");
      }
    }
  }

  private Config read(String yaml, Map<String, String> settings) throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), yaml);
    return new ConfigReader(registry).read(Config.class, file, settings);
  }

  @Test
  void readsNestedRecordsListsAndShorthands() throws IOException {
    Config config =
        read(
            """
            # a comment
            epochs: 5
            data: {name: stl, size: 64}
            parts:
              - one
              - name: two
                size: 16
            fusion: equal
            """,
            Map.of());
    assertThat(config)
        .isEqualTo(
            new Config(
                5,
                new Part("stl", 64),
                List.of(new Part("one", 32), new Part("two", 16)),
                new Chosen("equal", Map.of())));
  }

  @Test
  void anEmptyFileAndNoFileGiveTheDefaults() throws IOException {
    Config defaults =
        new Config(3, new Part("shapes", 32), List.of(), new Chosen("equal", Map.of()));
    assertThat(read("", Map.of())).isEqualTo(defaults);
    assertThat(new ConfigReader(registry).read(Config.class, null, Map.of())).isEqualTo(defaults);
  }

  @Test
  void anAliasIsACopy() throws IOException {
    Config config =
        read(
            "data: &d {name: stl, size: 64}\nparts: [*d, *d, {name: a}]\n",
            Map.of("parts.1.size", "16"));
    assertThat(config.data()).isEqualTo(new Part("stl", 64));
    assertThat(config.parts())
        .containsExactly(new Part("stl", 64), new Part("stl", 16), new Part("a", 32));
  }

  @Test
  void aliasesCannotBlowUpAFile() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> read(bomb.toString(), Map.of()))
        .hasMessageContaining("aliases blow this file up");
  }

  @Test
  void settingsTakePrecedence() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("data.size", "48");
    settings.put("epochs", "9");
    assertThat(read("data: stl\nepochs: 1\n", settings))
        .isEqualTo(read("epochs: 9\ndata: {name: stl, size: 48}\n", Map.of()));
    assertThat(read("parts: [{name: a}, {name: b}]\n", Map.of("parts.1.size", "9")).parts())
        .containsExactly(new Part("a", 32), new Part("b", 9));
    assertThatThrownBy(() -> read("parts: [{name: a}]\n", Map.of("parts.1.size", "9")))
        .hasMessageContaining("the setting parts.1.size: '1' is no element");
    assertThat(read("data: {size: 48}\n", Map.of("data", "svhn")).data())
        .isEqualTo(new Part("svhn", 48));
  }

  @Test
  void optionsWithoutANameAreThoseOfTheDefault() throws IOException {
    assertThat(read("data: {size: 48}\n", Map.of()).data()).isEqualTo(new Part("shapes", 48));
    assertThat(read("", Map.of("fusion.options.k", "2")).fusion())
        .isEqualTo(new Chosen("equal", Map.of("k", "2")));
  }

  @Test
  void tellsEveryProblemWithItsLine() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    epochs: none
                    epohcs: 3
                    data:
                      size: 4
                      size: 5
                    parts: {}
                    fusion:
                      name: equal
                      options:
                        kk: 3
                    """,
                    Map.of("data.siez", "1")))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("c.yaml has 7 problems:")
        .hasMessageContaining("line 5: 'size' is given already on line 4")
        .hasMessageContaining("line 1: 'epochs': expected a whole number at least 1, got 'none'")
        .hasMessageContaining("line 2: there is no 'epohcs'; did you mean 'epochs'?")
        .hasMessageContaining("line 5: 'data.size': expected a whole number at least 8, got 5")
        .hasMessageContaining("the setting data.siez: there is no 'siez' in 'data'")
        .hasMessageContaining("line 6: 'parts': expected a list")
        .hasMessageContaining("line 10: There is no option 'kk'");
  }

  @Test
  void refusesAnUnknownPluginWithItsLine() {
    assertThatThrownBy(() -> read("epochs: 3\nfusion: eqaul\n", Map.of()))
        .hasMessageContaining("line 2: There is no fusion 'eqaul'; did you mean 'equal'?");
  }

  @Test
  void refusesWhatIsNotOnePlainDocument() {
    assertThatThrownBy(() -> read("- 1\n- 2\n", Map.of())).hasMessageContaining("expected keys");
    assertThatThrownBy(() -> read("epochs: 3\n---\nepochs: 4\n", Map.of()))
        .hasMessageContaining("expected one document");
    assertThatThrownBy(() -> read("epochs: [3\n", Map.of())).hasMessageContaining("not valid YAML");
    assertThatThrownBy(() -> read("parts: [*d]\n", Map.of()))
        .hasMessageContaining("line 1: nothing before this line is called &d");
    assertThatThrownBy(() -> read("epochs: 13\n", Map.of()))
        .hasMessageContaining("line 1: 13 brings bad luck");
    assertThatThrownBy(
            () ->
                new ConfigReader(registry)
                    .read(Config.class, folder.resolve("gone.yaml"), Map.of()))
        .hasMessageContaining("There is no configuration file");
  }

  @Test
  void listsSettingsByPath() {
    assertThat(ConfigReader.settings(Config.class))
        .extracting(OptionInfo::name)
        .containsExactly("epochs", "data", "data.size", "parts", "fusion");
  }
}
