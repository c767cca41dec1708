package org.zepad.core.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.runtime.ZepadClassifier;

/** A model from a stranger is refused in plain words, or is one of ours. */
class OnnxFileTest {
  @TempDir private Path temporary;
  private Path file;
  private byte[] good;

  @BeforeEach
  void export() throws IOException {
    try (TinyBundle tiny = new TinyBundle(temporary.resolve("bundle"))) {
      file = tiny.export(InputForm.UINT8);
      good = Files.readAllBytes(file);
    }
  }

  @Test
  void aFileThatIsNoModelIsRefused() throws IOException {
    Files.write(file, new byte[0]);
    refused("0 bytes");
    Files.writeString(file, "hello");
    refused("no metadata entry zepad.model");
    Files.write(file, Arrays.copyOf(good, good.length / 2));
    refused("damaged");
    assertThatThrownBy(() -> OnnxFile.read(temporary.resolve("absent.onnx")))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("there is no file");
  }

  @Test
  void whatWeNeverWriteIsRefusedBeforeARuntimeSeesIt() throws IOException {
    changed(m -> m.getGraphBuilder().getNodeBuilder(0).setOpType("Loop"), "operator 'Loop'");
    changed(m -> m.getGraphBuilder().getNodeBuilder(0).setDomain("evil"), "operator");
    changed(
        m ->
            m.getGraphBuilder()
                .getInitializerBuilder(0)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                    StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd")),
        "another file");
    changed(m -> m.getGraphBuilder().getInitializerBuilder(0).setDims(0, 1L << 40), "an axis of");
    changed(m -> m.getGraphBuilder().getInitializerBuilder(0).addDims(7), "its shape says");
    changed(
        m ->
            m.getGraphBuilder()
                .getNodeBuilder(0)
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("body")
                        .setType(AttributeProto.AttributeType.GRAPH)),
        "more than numbers");
    changed(m -> m.getOpsetImportBuilder(0).setVersion(9), "operator set 18");
    changed(m -> m.clearMetadataProps(), "zepad.model");
    changed(m -> m.getMetadataPropsBuilder(0).setValue("{}"), "zepad.model is wrong");
    changed(m -> m.getMetadataPropsBuilder(0).setValue("null"), "zepad.model");
    changed(
        m ->
            m.getMetadataPropsBuilder(0)
                .setValue(
                    m.getMetadataProps(0)
                        .getValue()
                        .replace("\"formatVersion\":2", "\"formatVersion\":3")),
        "format version is 3");
    changed(m -> m.getGraphBuilder().getOutputBuilder(0).setName("other"), "outputs");
    changed(m -> m.getGraphBuilder().getInputBuilder(0).setName("other"), "inputs");
    changed(m -> m.getGraphBuilder().addNode(NodeProto.newBuilder().setOpType("")), "operator ''");
  }

  @Test
  void aDamagedFileNeverBringsTheProcessDown() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    int refused = 0;
    for (int round = 0; round < 80; round++) {
      byte[] bytes = good.clone();
      for (int i = 0; i < 1 + round % 4; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      try (ZepadClassifier classifier = ZepadClassifier.load(file)) {
        assertThat(classifier.info().size()).isPositive();
        classifier.outputs("", new byte[3 * 8 * 8], 1, 8, 8);
      } catch (ZepadException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private void changed(Consumer<ModelProto.Builder> change, String expected) throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(good).toBuilder();
    change.accept(model);
    Files.write(file, model.build().toByteArray());
    refused(expected);
  }

  private void refused(String expected) {
    assertThatThrownBy(() -> OnnxFile.read(file))
        .isInstanceOfSatisfying(
            ZepadException.class, e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.INPUT))
        .hasMessageContaining(expected);
  }
}
