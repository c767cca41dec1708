package org.zepad.core.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.core.onnx.ModelInfo.InputForm;

class ModelRepositoryTest {
  @TempDir private Path temporary;

  @Test
  void tritonsConfigurationSaysOfEachPortWhatTheModelSays() throws Exception {
    for (InputForm form : InputForm.values()) {
      Path folder = put(form, "my-model.v2");
      assertThat(folder).isEqualTo(temporary.resolve("repository/my_model_v2"));
      DynamicMessage config = triton(Files.readString(folder.resolve("config.pbtxt")));
      assertThat(get(config, "name")).isEqualTo("my_model_v2");
      assertThat(get(config, "backend")).isEqualTo("onnxruntime");
      assertThat(get(config, "max_batch_size")).isEqualTo(32);
      assertThat(get(get(config, "dynamic_batching"), "max_queue_delay_microseconds"))
          .isEqualTo(5000L);
      GraphProto model =
          ModelProto.parseFrom(Files.readAllBytes(folder.resolve("1/model.onnx"))).getGraph();
      assertThat(ports(config, "input"))
          .isEqualTo(model.getInputList().stream().map(ModelRepositoryTest::port).toList());
      assertThat(ports(config, "output"))
          .isEqualTo(model.getOutputList().stream().map(ModelRepositoryTest::port).toList());
    }
  }

  @Test
  void djlServingFindsTheModel() throws Exception {
    Path folder = put(InputForm.UINT8, "shapes");
    Properties serving = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve("serving.properties"))) {
      serving.load(in);
    }
    assertThat(serving.getProperty("engine")).isEqualTo("OnnxRuntime");
    assertThat(folder.resolve(serving.getProperty("option.modelName") + ".onnx")).isRegularFile();
  }

  @Test
  void theClassesAreTold() throws Exception {
    assertThat(put(InputForm.UINT8, "shapes").resolve("labels_letters.txt"))
        .hasContent("letters-0\nletters-1\nletters-2");
  }

  @Test
  void whatItWroteIsReplacedAndAnythingElseIsLeft() throws Exception {
    Path folder = put(InputForm.UINT8, "shapes");
    Files.delete(folder.resolve("1/model.onnx"));
    assertThat(put(InputForm.UINT8, "shapes").resolve("1/model.onnx")).isNotEmptyFile();
    Files.writeString(folder.resolve("config.pbtxt"), "name: \"written by häñd\"");
    assertThatThrownBy(() -> put(InputForm.UINT8, "shapes"))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("exists, and its config.pbtxt does not begin with");
    assertThat(folder.resolve("config.pbtxt")).content().contains("by häñd");
  }

  @Test
  void whatIsNoModelIsRefused() {
    assertThatThrownBy(
            () ->
                ModelRepository.put(
                    temporary.resolve("absent.onnx"), temporary.resolve("repository"), "a"))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("there is no file");
    assertThat(temporary.resolve("repository")).doesNotExist();
  }

  private Path put(InputForm form, String name) throws Exception {
    Path bundle = Files.createTempDirectory(temporary, "tiny").resolve("bundle");
    try (TinyBundle tiny = new TinyBundle(bundle)) {
      tiny.adapt("letters", 3, 2);
      return ModelRepository.put(tiny.export(form), temporary.resolve("repository"), name);
    }
  }

  /** The file as Triton's own schema reads it: an unknown word or a wrong type fails. */
  private static DynamicMessage triton(String text) throws Exception {
    FileDescriptorProto.Builder schema = FileDescriptorProto.newBuilder();
    try (InputStream in =
        ModelRepositoryTest.class.getResourceAsStream("triton-model-config.txtpb")) {
      TextFormat.merge(new String(in.readAllBytes(), StandardCharsets.UTF_8), schema);
    }
    DynamicMessage.Builder config =
        DynamicMessage.newBuilder(
            FileDescriptor.buildFrom(schema.build(), new FileDescriptor[0])
                .findMessageTypeByName("ModelConfig"));
    TextFormat.merge(text, config);
    return config.build();
  }

  /** Ports as the model itself has them: with an open axis for the batch, and reshaped. */
  private static List<String> ports(DynamicMessage config, String kind) {
    List<String> ports = new ArrayList<>();
    for (Object each : (List<?>) get(config, kind)) {
      DynamicMessage port = (DynamicMessage) each;
      boolean reshaped = port.hasField(port.getDescriptorForType().findFieldByName("reshape"));
      List<Object> shape = new ArrayList<>(List.of(-1L));
      shape.addAll((List<?>) (reshaped ? get(get(port, "reshape"), "shape") : get(port, "dims")));
      String type = ((EnumValueDescriptor) get(port, "data_type")).getName();
      ports.add(get(port, "name") + " " + type + " " + shape);
    }
    return ports;
  }

  private static String port(ValueInfoProto value) {
    var tensor = value.getType().getTensorType();
    List<Long> shape =
        tensor.getShape().getDimList().stream()
            .map(d -> d.hasDimValue() ? d.getDimValue() : -1)
            .toList();
    boolean bytes = tensor.getElemType() == TensorProto.DataType.UINT8.getNumber();
    return value.getName() + " " + (bytes ? "TYPE_UINT8" : "TYPE_FP32") + " " + shape;
  }

  private static Object get(Object message, String field) {
    DynamicMessage dynamic = (DynamicMessage) message;
    return dynamic.getField(dynamic.getDescriptorForType().findFieldByName(field));
  }
}
