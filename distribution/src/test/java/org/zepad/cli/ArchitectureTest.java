package org.zepad.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The design's lines between modules and packages, held by their bytecode. */
class ArchitectureTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** The modules and the least number of classes that must be seen of each. */
  private static final Map<String, Integer> MODULES =
      Map.of(
          "zepad-api", 40,
          "zepad-core", 60,
          "plugins-encoders", 5,
          "plugins-attacks", 5,
          "plugins-datasets", 2,
          "distribution", 8);

  private static JavaClasses all;
  private static JavaClasses core;

  @BeforeAll
  static void importClasses() {
    all =
        new ClassFileImporter()
            .importPaths(MODULES.keySet().stream().map(m -> classesOf(m)).toList());
    core = new ClassFileImporter().importPath(classesOf("zepad-core"));
  }

  private static Path classesOf(String module) {
    return ROOT.resolve(module).resolve("target/classes");
  }

  @Test
  void everyModuleWasSeen() {
    MODULES.forEach(
        (module, least) ->
            assertThat(new ClassFileImporter().importPath(classesOf(module)).size())
                .as(module)
                .isGreaterThanOrEqualTo(least));
  }

  @Test
  void theApiKnowsOnlyJavaAndDjl() {
    classes()
        .that()
        .resideInAPackage("org.zepad.api..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "javax.imageio..", "ai.djl..", "org.zepad.api..", "org.jspecify..")
        .check(all);
  }

  @Test
  void pluginsKnowOnlyJavaDjlAndTheApi() {
    for (String plugin : List.of("encoders", "attacks", "datasets")) {
      String own = "org.zepad." + plugin + "..";
      classes()
          .that()
          .resideInAPackage(own)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "javax.imageio..", "ai.djl..", "org.jspecify..")
                  .or(resideInAnyPackage("org.zepad.api..", own)))
          .check(all);
    }
  }

  @Test
  void coreNamesNoPluginAndNoCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("org.zepad.core..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.zepad.encoders..",
                "org.zepad.attacks..",
                "org.zepad.datasets..",
                "org.zepad.cli..",
                "picocli.."))
        .check(all);
  }

  @Test
  void corePackagesHaveNoCycles() {
    slices().matching("org.zepad.core.(*)..").should().beFreeOfCycles().check(core);
  }

  @Test
  void nothingIsStaticAndMutable() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat(not(resideInAPackage("..generated..")))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(all);
  }

  @Test
  void onlyTheCommandLineTouchesTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.zepad.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(all);
  }

  /** A clock that jumps then changes neither progress nor resumption: nanoTime never runs back. */
  @Test
  void theClockOfTheWallDatesCachedFilesAlone() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.zepad.core.data.DecodedCache")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.Date|java\\.time\\.(Clock|Local.*|Zoned.*)")
        .check(all);
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
    List<String> lacking = new ArrayList<>();
    int seen = 0;
    for (String module : MODULES.keySet()) {
      Path sources = ROOT.resolve(module).resolve("src/main/java");
      try (Stream<Path> walk = Files.walk(sources)) {
        for (Path folder : walk.filter(ArchitectureTest::holdsClasses).toList()) {
          seen++;
          Path info = folder.resolve("package-info.java");
          String text = Files.exists(info) ? Files.readString(info) : "";
          if (!text.contains("@NullMarked") || !text.contains("/**")) {
            lacking.add(ROOT.relativize(folder).toString());
          }
        }
      }
    }
    assertThat(seen).isGreaterThan(20);
    assertThat(lacking).isEmpty();
  }

  private static boolean holdsClasses(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .anyMatch(n -> n.endsWith(".java") && !n.equals("module-info.java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
