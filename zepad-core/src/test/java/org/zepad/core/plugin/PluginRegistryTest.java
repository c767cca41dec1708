package org.zepad.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.core.testkit.PluginJars;

class PluginRegistryTest {
  private static final String SERVICE = "META-INF/services/org.zepad.api.fusion.FusionProvider";

  @TempDir Path work;
  @TempDir Path plugins;

  private Path plain(String jar, String type, String name) throws IOException {
    return new PluginJars(work)
        .jar(
            plugins.resolve(jar),
            Map.of("third." + type, PluginJars.fusion(type, name)),
            Map.of(SERVICE, "third." + type));
  }

  private static PluginInfo fusion(PluginRegistry registry, String name) {
    return registry.info(PluginKind.FUSION, name);
  }

  @Test
  void thisTestRunsOnTheModulePath() {
    assertThat(PluginRegistry.class.getModule().isNamed()).isTrue();
  }

  @Test
  void findsPlainJarsAndFoldersOfJars() throws IOException {
    plain("one.jar", "One", "one");
    plain("second/two.jar", "Two", "two");
    Files.writeString(plugins.resolve("README.md"), "not a plugin");
    Files.createDirectory(plugins.resolve("empty"));
    PluginRegistry registry = PluginRegistry.open(List.of(plugins));
    assertThat(registry.broken()).isEmpty();
    assertThat(fusion(registry, "one").source()).isEqualTo("one.jar");
    assertThat(fusion(registry, "two").source()).isEqualTo("two.jar");
    assertThat(registry.plugins()).contains(fusion(registry, "one"), fusion(registry, "two"));
    assertThat(registry.fusion("one").getClass().getClassLoader())
        .isNotSameAs(registry.fusion("two").getClass().getClassLoader());
  }

  @Test
  void givesAModularJarItsOwnLayer() throws IOException {
    new PluginJars(work)
        .jar(
            plugins.resolve("modular.jar"),
            Map.of(
                "module-info",
                "module third.party { requires org.zepad.api; exports third;"
                    + " provides org.zepad.api.fusion.FusionProvider with third.Three; }",
                "third.Three",
                PluginJars.fusion("Three", "three")),
            Map.of());
    PluginRegistry registry = PluginRegistry.open(List.of(plugins));
    assertThat(registry.broken()).isEmpty();
    Module module = registry.fusion("three").getClass().getModule();
    assertThat(module.getName()).isEqualTo("third.party");
    assertThat(module.getLayer()).isNotNull().isNotSameAs(ModuleLayer.boot());
    assertThat(fusion(registry, "three").source()).isEqualTo("modular.jar");
  }

  @Test
  void refusesTwoPluginsOfOneNameNamingBothJars() throws IOException {
    plain("one.jar", "One", "same");
    plain("other.jar", "Two", "same");
    assertThatThrownBy(() -> PluginRegistry.open(List.of(plugins)))
        .isInstanceOf(ZepadException.class)
        .hasMessage(
            "Two plugins bring a fusion 'same': one.jar and other.jar; remove one of them.");
  }

  @Test
  void aBrokenPluginDoesNotTakeTheOthersDown() throws IOException {
    plain("good.jar", "One", "one");
    plain("shouting.jar", "Two", "NOT-KEBAB");
    new PluginJars(work)
        .jar(plugins.resolve("gone.jar"), Map.of(), Map.of(SERVICE, "third.Gone\n"));
    Files.writeString(plugins.resolve("cut.jar"), "PK, but not for long");
    new PluginJars(work)
        .jar(
            plugins.resolve("needy.jar"),
            Map.of(
                "third.Needy",
                PluginJars.fusion("Needy", "needy")
                    .replace(
                        "public String name()",
                        "{ if (true) throw new"
                            + " IllegalStateException(\"no licence\"); } public String name()")),
            Map.of(SERVICE, "third.Needy"));
    PluginRegistry registry = PluginRegistry.open(List.of(plugins));
    assertThat(fusion(registry, "one").source()).isEqualTo("good.jar");
    assertThat(registry.broken())
        .extracting(BrokenPlugin::source)
        .containsExactlyInAnyOrder("shouting.jar", "gone.jar", "cut.jar", "needy.jar");
    assertThat(registry.broken())
        .extracting(BrokenPlugin::message)
        .anyMatch(m -> m.equals("third.Needy (needy.jar) is broken: no licence"))
        .anyMatch(m -> m.contains("third.Two (shouting.jar) is broken: its name 'NOT-KEBAB'"));
  }

  @Test
  void answersAnUnknownNameWithTheNearestAndAll() throws IOException {
    plain("one.jar", "One", "federated");
    PluginRegistry registry = PluginRegistry.open(List.of(plugins));
    assertThatThrownBy(() -> registry.createFusion("federatde", Map.of()))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(
            "There is no fusion 'federatde'; did you mean 'federated'? There are ")
        .hasMessageContaining("federated (one.jar)")
        .hasMessageContaining("put the plugin's jar into the plugins folder");
    assertThatThrownBy(() -> registry.createFusion("federated", Map.of("k", 3)))
        .hasMessage("There is no option 'k': fusion 'federated' has no options; remove it.");
  }

  @Test
  void wrapsWhatAPluginThrows() throws IOException {
    plain("one.jar", "One", "one");
    PluginRegistry registry = PluginRegistry.open(List.of(plugins));
    assertThatThrownBy(() -> registry.createFusion("one", Map.of()))
        .isInstanceOf(PluginFailure.class)
        .hasMessage(
            "fusion 'one' (one.jar unknown) failed to create:"
                + " java.lang.UnsupportedOperationException: boom");
  }

  @Test
  void aPluginsGuiceModuleAddsAndRebinds() throws IOException {
    plain("base.jar", "One", "one");
    String module =
        """
        package third;
        import com.google.inject.*;
        import com.google.inject.multibindings.MapBinder;
        import com.google.inject.name.Names;
        import org.zepad.api.fusion.FusionProvider;
        public class Rebinding extends AbstractModule {
          @Override protected void configure() {
            TypeLiteral<FusionProvider<?>> type = new TypeLiteral<FusionProvider<?>>() {};
            bind(Key.get(type, Names.named("one"))).to(Better.class);
            MapBinder.newMapBinder(binder(), TypeLiteral.get(String.class), type)
                .addBinding("added").to(Added.class);
          }
        }
        """;
    new PluginJars(work)
        .jar(
            plugins.resolve("rebinding.jar"),
            Map.of(
                "module-info",
                "module third.rebinding { requires org.zepad.api; requires com.google.guice;"
                    + " exports third; provides com.google.inject.Module with third.Rebinding; }",
                "third.Rebinding",
                module,
                "third.Better",
                PluginJars.fusion("Better", "one"),
                "third.Added",
                PluginJars.fusion("Added", "added")),
            Map.of());
    PluginRegistry registry = PluginRegistry.open(List.of(plugins));
    assertThat(registry.broken()).isEmpty();
    assertThat(fusion(registry, "one").source()).isEqualTo("rebinding.jar");
    assertThat(fusion(registry, "added").source()).isEqualTo("rebinding.jar");
    assertThat(registry.modules()).hasSize(1);
    registry
        .modules()
        .forEach(
            (one, rebinds) -> {
              assertThat(one.label()).isEqualTo("third.Rebinding (rebinding.jar)");
              assertThat(rebinds).containsExactly("FusionProvider 'one'");
            });
  }

  @Test
  void twoModulesThatRebindTheSameAreRefusedNamingBothJars() throws IOException {
    plain("base.jar", "One", "one");
    for (String name : List.of("First", "Second")) {
      String module =
          """
          package third;
          import com.google.inject.*;
          import com.google.inject.name.Names;
          import org.zepad.api.fusion.FusionProvider;
          public class %s extends AbstractModule {
            @Override protected void configure() {
              bind(Key.get(new TypeLiteral<FusionProvider<?>>() {}, Names.named("one")))
                  .to(Mine%s.class);
            }
          }
          """
              .formatted(name, name);
      new PluginJars(work)
          .jar(
              plugins.resolve(name + ".jar"),
              Map.of(
                  "third." + name,
                  module,
                  "third.Mine" + name,
                  PluginJars.fusion("Mine" + name, "one")),
              Map.of("META-INF/services/com.google.inject.Module", "third." + name));
    }
    assertThatThrownBy(() -> PluginRegistry.open(List.of(plugins)))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("third.First (First.jar), third.Second (Second.jar)")
        .hasMessageContaining("1) ")
        .hasMessageContaining("Remove the plugin that is to blame");
  }

  @Test
  void aPluginForAnotherVersionOfTheApiIsToldApartBeforeItRuns() throws IOException {
    plain("good.jar", "One", "one");
    for (String version : List.of("0.1", "0.1.7-SNAPSHOT", "0.2", "9.0", "soon")) {
      new PluginJars(work)
          .jar(
              plugins.resolve("for-" + version + ".jar"),
              Map.of(
                  "third.Other",
                  PluginJars.fusion("Other", "for-" + version.charAt(2) + version.length())),
              Map.of(
                  SERVICE,
                  "third.Other",
                  "META-INF/MANIFEST.MF",
                  "Manifest-Version: 1.0\nZePAD-Api-Version: " + version + "\n"));
    }
    PluginRegistry registry = PluginRegistry.open(List.of(plugins));
    assertThat(fusion(registry, "one").source()).isEqualTo("good.jar");
    assertThat(fusion(registry, "for-13").source()).isEqualTo("for-0.1.jar");
    assertThat(fusion(registry, "for-114").source()).isEqualTo("for-0.1.7-SNAPSHOT.jar");
    assertThat(registry.broken())
        .extracting(BrokenPlugin::message)
        .containsExactlyInAnyOrder(
            "plugin (for-0.2.jar) is broken: for-0.2.jar was built for version 0.2 of the ZePAD"
                + " api, and this program has version 0.1: use a newer ZePAD, or an older build of"
                + " the plugin",
            "plugin (for-9.0.jar) is broken: for-9.0.jar was built for version 9.0 of the ZePAD"
                + " api, and this program has version 0.1: use a newer ZePAD, or an older build of"
                + " the plugin",
            "plugin (for-soon.jar) is broken: 'soon' is no version such as 0.1");
  }

  @Test
  void tellsWiringErrorsAtOnce() throws IOException {
    String module =
        """
        package third;
        import com.google.inject.AbstractModule;
        public class Wrong extends AbstractModule {
          @Override protected void configure() {
            bind(Runnable.class);
            bind(java.util.concurrent.Callable.class);
          }
        }
        """;
    new PluginJars(work)
        .jar(
            plugins.resolve("wrong.jar"),
            Map.of("third.Wrong", module),
            Map.of("META-INF/services/com.google.inject.Module", "third.Wrong"));
    assertThatThrownBy(() -> PluginRegistry.open(List.of(plugins)))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("third.Wrong")
        .hasMessageContaining("1) ")
        .hasMessageContaining("2) ");
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    assertThatThrownBy(() -> PluginRegistry.open(List.of(plugins.resolve("nowhere"))))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("name an existing folder");
  }
}
