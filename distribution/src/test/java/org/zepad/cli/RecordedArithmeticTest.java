package org.zepad.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Where gradients may be recorded, what the engine does wrong is done by our own helpers alone. */
class RecordedArithmeticTest {

  @Test
  void convolutionsAreThoseWhoseGradientsCanBeReliedOn() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.zepad");
    noClasses()
        .that()
        .doNotHaveSimpleName("Convolutions")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl.nn.convolutional..")
        .because("its kernels may read memory that was never written; TensorOps.conv2d avoids them")
        .check(classes);
  }

  @Test
  void numbersThatTheGarbageCollectorOwnsStayOutOfGraphs() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.zepad");
    for (String operation : new String[] {"mul", "div", "pow", "minimum", "maximum"}) {
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.zepad.encoders..",
              "org.zepad.attacks.adaptive..",
              "org.zepad.attacks.advencoder..",
              "org.zepad.attacks.feature..",
              "org.zepad.attacks.jacobian..",
              "org.zepad.attacks.l4a..",
              "org.zepad.attacks.layer..",
              "org.zepad.attacks.loss..",
              "org.zepad.attacks.pseudotask..",
              "org.zepad.attacks.universal..",
              "org.zepad.core.harden..",
              "org.zepad.core.fusion..",
              "org.zepad.core.detect..")
          .and()
          // These work outside of recordings.
          .haveSimpleNameNotEndingWith("MomentumEncoder")
          .and()
          .haveSimpleNameNotEndingWith("BranchConfidence")
          .should()
          .callMethod(NDArray.class, operation, Number.class)
          .because("a recorded graph points into memory that Java frees; see Scalars")
          .check(classes);
    }
  }
}
