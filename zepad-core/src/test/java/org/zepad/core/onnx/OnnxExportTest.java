package org.zepad.core.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.NoOptions;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.api.defence.Role;
import org.zepad.api.detector.Detector;
import org.zepad.api.detector.DetectorProvider;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.TinyBackboneProvider;
import org.zepad.core.fusion.EqualFusion;
import org.zepad.core.onnx.ModelInfo.BranchInfo;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.ModelInfo.TaskInfo;

class OnnxExportTest {
  @TempDir private Path temporary;

  @Test
  void aModelSaysWhatItIsAndWhereItComesFrom() {
    try (TinyBundle tiny = new TinyBundle(temporary.resolve("bundle"))) {
      tiny.adapt("digits", 7, 3);
      ModelInfo info = OnnxFile.read(tiny.export(InputForm.UINT8)).info();
      assertThat(info.opset()).isEqualTo(18);
      assertThat(info.size()).isEqualTo(8);
      assertThat(info.branches())
          .containsExactly(new BranchInfo("victim", Role.MPAE), new BranchInfo("helper", Role.BMP));
      assertThat(info.tasks()).extracting(TaskInfo::name).containsExactly("shapes", "digits");
      assertThat(info.task("digits").classes()).hasSize(7).startsWith("digits-0");
      assertThat(info.task("digits").threshold()).isEqualTo(0.1);
      assertThat(info.task("digits").wantedFpr()).isEqualTo(0.05);
      assertThat(info.fusion().options()).containsEntry("k", 3.0);
      assertThat(info.provenance())
          .containsEntry("seed", "5")
          .containsEntry("export.zepad", "test")
          .containsEntry("task.digits.epochs", "3");
      assertThat(info.sources())
          .containsKeys("encoders/victim.safetensors", "heads/digits/helper.safetensors");
    }
  }

  @Test
  void theSameBundleGivesTheSameBytes() {
    try (TinyBundle tiny = new TinyBundle(temporary.resolve("bundle"))) {
      byte[] first = OnnxFile.read(tiny.export(InputForm.UINT8)).bytes();
      assertThat(OnnxFile.read(tiny.export(InputForm.UINT8)).bytes()).isEqualTo(first);
    }
  }

  @Test
  void aTaskCanBeChosenAndAnUnknownOneIsAnswered() {
    try (TinyBundle tiny = new TinyBundle(temporary.resolve("bundle"))) {
      tiny.adapt("digits", 7, 3);
      ModelInfo info = OnnxFile.read(tiny.export(InputForm.FLOAT, "digits")).info();
      assertThat(info.tasks()).extracting(TaskInfo::name).containsExactly("digits");
      assertThat(info.sources()).doesNotContainKey("heads/shapes/helper.safetensors");
      assertThatThrownBy(() -> tiny.export(InputForm.FLOAT, "letters"))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("letters")
          .hasMessageContaining("[shapes, digits]");
    }
  }

  @Test
  void everyPartThatCannotBeExportedIsNamed() {
    try (TinyBundle tiny =
            new TinyBundle(
                temporary.resolve("bundle"),
                new Undescribed(),
                new UndescribedFusion(),
                new UndescribedDetector());
        Bundle bundle = tiny.open()) {
      assertThatThrownBy(() -> OnnxExport.of(bundle, List.of(), InputForm.UINT8, Map.of()))
          .isInstanceOfSatisfying(
              ZepadException.class, e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.USAGE))
          .hasMessageContaining(
              "branch 'victim': backbone 'tiny': it does not say what it computes")
          .hasMessageContaining("branch 'helper': backbone 'tiny'")
          .hasMessageContaining("fusion 'robust-federal-decision': it does not say")
          .hasMessageContaining("detector 'confidence-gap': it does not say");
    }
  }

  /** The tiny backbone, as it would be from a plugin that knows nothing of graphs. */
  private static final class Undescribed implements BackboneProvider<TinyBackboneProvider.Options> {
    private final TinyBackboneProvider tiny = new TinyBackboneProvider();

    @Override
    public String name() {
      return tiny.name();
    }

    @Override
    public String description() {
      return tiny.description();
    }

    @Override
    public Class<TinyBackboneProvider.Options> optionsType() {
      return tiny.optionsType();
    }

    @Override
    public Map<String, Shape> shapes(TinyBackboneProvider.Options options) {
      return tiny.shapes(options);
    }

    @Override
    public Optional<TinyBackboneProvider.Options> recognise(Map<String, Shape> shapes) {
      return tiny.recognise(shapes);
    }

    @Override
    public Backbone create(TinyBackboneProvider.Options options, RunContext context) {
      Backbone backbone = tiny.create(options, context);
      return new Backbone() {
        @Override
        public int featureDim() {
          return backbone.featureDim();
        }

        @Override
        public StateDict state() {
          return backbone.state();
        }

        @Override
        public NDArray features(NDArray images, boolean training) {
          return backbone.features(images, training);
        }
      };
    }
  }

  private static final class UndescribedFusion implements FusionProvider<EqualFusion.Options> {
    @Override
    public String name() {
      return "robust-federal-decision";
    }

    @Override
    public String description() {
      return "the mean";
    }

    @Override
    public Class<EqualFusion.Options> optionsType() {
      return EqualFusion.Options.class;
    }

    @Override
    public Fusion create(EqualFusion.Options options) {
      Fusion equal = new EqualFusion().create(options);
      return equal::fuse;
    }
  }

  private static final class UndescribedDetector implements DetectorProvider<NoOptions> {
    @Override
    public String name() {
      return "confidence-gap";
    }

    @Override
    public String description() {
      return "the first confidence";
    }

    @Override
    public Class<NoOptions> optionsType() {
      return NoOptions.class;
    }

    @Override
    public Detector create(NoOptions options) {
      return (confidences, roles) -> confidences.get(":, 0");
    }
  }
}
