package org.zepad.core.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.runtime.ZepadClassifier;
import org.zepad.core.testkit.ParserFuzz;

/** A damaged model is read or refused, and what is read, the runtime loads or refuses. */
class OnnxFileFuzzTest {
  @TempDir Path temporary;

  @Test
  void model() throws IOException {
    Path file;
    try (TinyBundle tiny = new TinyBundle(temporary.resolve("bundle"))) {
      file = tiny.export(InputForm.UINT8);
    }
    byte[] sound = Files.readAllBytes(file);
    new ParserFuzz("ONNX", 64).run(file, OnnxFile::read, sound);
    new ParserFuzz("ONNX, loaded and run", 64)
        .oneIn(20)
        .run(
            file,
            damaged -> {
              try (ZepadClassifier classifier = ZepadClassifier.load(damaged)) {
                run(classifier);
              }
            },
            sound);
  }

  /** Weights in another file are refused, wherever they are said to lie. */
  @Test
  void externalData() throws IOException {
    Path file;
    try (TinyBundle tiny = new TinyBundle(temporary.resolve("bundle"))) {
      file = tiny.export(InputForm.UINT8);
    }
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
      tensor
          .clearRawData()
          .setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .addExternalData(entry("location", "../weights.bin"))
          .addExternalData(entry("offset", "4096"))
          .addExternalData(entry("length", "1099511627776"));
    }
    new ParserFuzz("ONNX, external data", 64)
        .run(file, OnnxFile::read, model.build().toByteArray());
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** The runtime does not say whether its failure is the file's fault or the machine's. */
  private static void run(ZepadClassifier classifier) {
    try {
      classifier.outputs("", new byte[3 * 8 * 8], 1, 8, 8);
    } catch (ZepadException e) {
      assertThat(e.kind()).isIn(ZepadException.Kind.INPUT, ZepadException.Kind.ENVIRONMENT);
    }
  }
}
