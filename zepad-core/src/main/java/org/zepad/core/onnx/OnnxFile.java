package org.zepad.core.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.zepad.api.ZepadException;
import org.zepad.core.onnx.ModelInfo.TaskInfo;

/**
 * A file that {@code zepad export} wrote, checked. It may come from a stranger: what is not of the
 * kind that we write (another operator, a graph within a graph, tensors in files beside it) is
 * refused before any runtime sees a byte of it.
 *
 * @param info what it says of itself, which its inputs and outputs agree with
 * @param bytes the whole file, the very bytes that were checked; not to be changed
 */
public record OnnxFile(ModelInfo info, byte[] bytes) {
  /** What a protobuf message, and an array in Java, can hold. */
  static final long GREATEST = Integer.MAX_VALUE - 1024L;

  private static final int GREATEST_RANK = 8;
  private static final int MOST_NODES = 100_000;
  private static final Set<AttributeProto.AttributeType> PLAIN =
      Set.of(
          AttributeProto.AttributeType.INT,
          AttributeProto.AttributeType.FLOAT,
          AttributeProto.AttributeType.STRING,
          AttributeProto.AttributeType.INTS);

  /**
   * Reads and checks a file.
   *
   * @throws ZepadException of kind INPUT, saying what is wrong with it
   */
  public static OnnxFile read(Path file) {
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file)) {
        throw ZepadException.input("there is no file " + file);
      }
      long length = Files.size(file);
      if (length == 0 || length > GREATEST) {
        throw foreign(file, "it has " + length + " bytes");
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw ZepadException.input(file + " cannot be read: " + e, e);
    }
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      // Tensors are looked at where they lie, so that reading takes no second copy.
      in.enableAliasing(true);
      in.setSizeLimit(Integer.MAX_VALUE);
      return new OnnxFile(check(file, ModelProto.parseFrom(in)), bytes);
    } catch (InvalidProtocolBufferException e) {
      throw foreign(file, "it is damaged or no ONNX at all: " + e.getMessage());
    } catch (IOException e) {
      throw ZepadException.input(file + " cannot be read: " + e, e);
    }
  }

  private static ModelInfo check(Path file, ModelProto model) {
    ModelInfo info = info(file, model);
    require(
        file,
        model.getOpsetImportCount() == 1
            && isStandard(model.getOpsetImport(0).getDomain())
            && model.getOpsetImport(0).getVersion() == Operator.OPSET,
        "its operators are not those of ONNX's operator set " + Operator.OPSET);
    require(
        file,
        model.getIrVersion() == ModelProtos.IR_VERSION,
        "its layout has version " + model.getIrVersion() + " instead of " + ModelProtos.IR_VERSION);
    require(
        file,
        model.getFunctionsCount() == 0 && model.getTrainingInfoCount() == 0,
        "it holds functions or training");
    GraphProto graph = model.getGraph();
    require(
        file,
        graph.getSparseInitializerCount() == 0 && graph.getQuantizationAnnotationCount() == 0,
        "it holds tensors of other kinds");
    require(file, graph.getNodeCount() <= MOST_NODES, "it has more than " + MOST_NODES + " nodes");
    graph.getNodeList().forEach(node -> check(file, node));
    graph.getInitializerList().forEach(tensor -> check(file, tensor));
    checkPorts(file, graph, info);
    return info;
  }

  private static ModelInfo info(Path file, ModelProto model) {
    List<String> texts =
        model.getMetadataPropsList().stream()
            .filter(entry -> entry.getKey().equals(ModelInfo.METADATA))
            .map(StringStringEntryProto::getValue)
            .toList();
    require(file, texts.size() == 1, "it has no metadata entry " + ModelInfo.METADATA);
    ModelInfo info;
    try {
      info = ModelInfo.read(texts.get(0));
    } catch (JsonProcessingException e) {
      throw foreign(
          file,
          "its metadata entry " + ModelInfo.METADATA + " is wrong: " + e.getOriginalMessage());
    }
    require(file, info.opset() == Operator.OPSET, "it tells of another operator set");
    return info;
  }

  private static void check(Path file, NodeProto node) {
    require(
        file,
        isStandard(node.getDomain()) && Operator.of(node.getOpType()).isPresent(),
        "it holds the operator '" + node.getOpType() + "', which export never writes");
    for (AttributeProto attribute : node.getAttributeList()) {
      require(
          file,
          PLAIN.contains(attribute.getType())
              && !attribute.hasG()
              && !attribute.hasT()
              && attribute.getRefAttrName().isEmpty(),
          "the attribute '" + attribute.getName() + "' holds more than numbers or a text");
    }
  }

  private static void check(Path file, TensorProto tensor) {
    String name = "its tensor '" + tensor.getName() + "'";
    require(
        file,
        tensor.getDataLocation() == TensorProto.DataLocation.DEFAULT
            && tensor.getExternalDataCount() == 0,
        name + " lies in another file, which is never opened");
    int width = TensorType.of(tensor.getDataType()).map(TensorType::bytes).orElse(0);
    require(file, width > 0 && !tensor.hasSegment(), name + " is of another type");
    require(file, tensor.getDimsCount() <= GREATEST_RANK, name + " has too many axes");
    long size = width;
    for (long length : tensor.getDimsList()) {
      require(file, length >= 0 && length <= GREATEST, name + " has an axis of " + length);
      size = Math.min(size * length, 2 * GREATEST);
    }
    require(
        file,
        size == tensor.getRawData().size(),
        name + " has " + tensor.getRawData().size() + " bytes, its shape says otherwise");
  }

  private static void checkPorts(Path file, GraphProto graph, ModelInfo info) {
    require(
        file,
        graph.getInputList().stream()
            .map(ValueInfoProto::getName)
            .toList()
            .equals(List.of(ModelInfo.IMAGES)),
        "its inputs are not '" + ModelInfo.IMAGES + "' alone");
    List<String> outputs = new ArrayList<>();
    for (TaskInfo task : info.tasks()) {
      outputs.addAll(List.of(task.logits(), task.confidences(), task.score()));
    }
    require(
        file,
        new HashSet<>(graph.getOutputList().stream().map(ValueInfoProto::getName).toList())
                .equals(new HashSet<>(outputs))
            && graph.getOutputCount() == outputs.size(),
        "its outputs are not those of its tasks, " + outputs);
  }

  private static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  private static void require(Path file, boolean sound, String problem) {
    if (!sound) {
      throw foreign(file, problem);
    }
  }

  private static ZepadException foreign(Path file, String problem) {
    return ZepadException.input(
        file
            + " is no model that this version of 'zepad export' writes: "
            + problem
            + ". Export the bundle again.");
  }
}
