package org.zepad.core.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.onnx.OnnxValue.Absent;
import org.zepad.core.onnx.OnnxValue.Floats;
import org.zepad.core.onnx.OnnxValue.Input;
import org.zepad.core.onnx.OnnxValue.Integers;
import org.zepad.core.onnx.OnnxValue.Packed;
import org.zepad.core.onnx.OnnxValue.Result;

/** A graph as ONNX's own messages. */
final class ModelProtos {
  /** The version of the file layout that belongs to {@link Operator#OPSET}. */
  static final int IR_VERSION = 8;

  static final String PRODUCER = "zepad";

  private ModelProtos() {}

  /**
   * A model.
   *
   * @param values in the order of computation
   */
  static ModelProto of(List<OnnxValue> values, ModelInfo info) {
    List<ValueInfoProto> outputs = new ArrayList<>();
    for (TaskInfo task : info.tasks()) {
      outputs.add(output(task.logits(), task.classes().size()));
      outputs.add(output(task.confidences(), info.branches().size()));
      outputs.add(output(task.score()));
    }
    return of(values, outputs, info);
  }

  /** A model that gives single numbers. */
  static ModelProto ofNumbers(List<OnnxValue> values, List<String> outputs, ModelInfo info) {
    TensorShapeProto scalar = shape();
    return of(
        values,
        outputs.stream().map(name -> info(name, TensorProto.DataType.FLOAT, scalar)).toList(),
        info);
  }

  private static ModelProto of(
      List<OnnxValue> values, List<ValueInfoProto> outputs, ModelInfo info) {
    GraphProto.Builder built = GraphProto.newBuilder().setName(PRODUCER);
    built.addInput(images(info.input()));
    built.addAllOutput(outputs);
    values.forEach(value -> add(value, built));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName(PRODUCER)
        .setProducerVersion(info.provenance().getOrDefault("export.zepad", "unknown"))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(Operator.OPSET))
        .addMetadataProps(
            StringStringEntryProto.newBuilder().setKey(ModelInfo.METADATA).setValue(info.json()))
        .setGraph(built)
        .build();
  }

  private static void add(OnnxValue value, GraphProto.Builder graph) {
    if (value instanceof Floats floats) {
      graph.addInitializer(tensor(value, TensorType.FLOAT, floats.shape(), bytes(floats.values())));
    } else if (value instanceof Packed packed) {
      ByteString bytes = UnsafeByteOperations.unsafeWrap(packed.values());
      graph.addInitializer(tensor(value, packed.type(), packed.shape(), bytes));
    } else if (value instanceof Integers integers) {
      long[] shape = integers.scalar() ? new long[0] : new long[] {integers.values().length};
      graph.addInitializer(tensor(value, TensorType.INT64, shape, bytes(integers.values())));
    } else if (value instanceof Result result) {
      NodeProto.Builder node =
          NodeProto.newBuilder()
              .setName(result.name())
              .setOpType(result.operator().onnx())
              .addOutput(result.name());
      result.operands().forEach(operand -> node.addInput(operand.name()));
      result.attributes().forEach((name, attribute) -> node.addAttribute(of(name, attribute)));
      graph.addNode(node);
    } else if (!(value instanceof Input || value instanceof Absent)) {
      throw new IllegalStateException("a value of no known kind: " + value.name());
    }
  }

  private static TensorProto tensor(
      OnnxValue value, TensorType type, long[] shape, ByteString bytes) {
    return TensorProto.newBuilder()
        .setName(value.name())
        .setDataType(type.number())
        .addAllDims(longs(shape))
        .setRawData(bytes)
        .build();
  }

  private static AttributeProto of(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Long number) {
      attribute.setType(AttributeProto.AttributeType.INT).setI(number);
    } else if (value instanceof Float number) {
      attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number);
    } else if (value instanceof String text) {
      attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
    } else {
      attribute.setType(AttributeProto.AttributeType.INTS).addAllInts(longs((long[]) value));
    }
    return attribute.build();
  }

  private static ValueInfoProto images(InputForm form) {
    TensorProto.DataType type =
        form == InputForm.UINT8 ? TensorProto.DataType.UINT8 : TensorProto.DataType.FLOAT;
    return info(ModelInfo.IMAGES, type, shape(open("N"), fixed(3), open("H"), open("W")));
  }

  private static ValueInfoProto output(String name, long... lengths) {
    TensorShapeProto.Builder shape = shape(open("N")).toBuilder();
    Arrays.stream(lengths).forEach(length -> shape.addDim(fixed(length)));
    return info(name, TensorProto.DataType.FLOAT, shape.build());
  }

  private static ValueInfoProto info(
      String name, TensorProto.DataType type, TensorShapeProto shape) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  private static TensorShapeProto shape(TensorShapeProto.Dimension... lengths) {
    return TensorShapeProto.newBuilder().addAllDim(List.of(lengths)).build();
  }

  private static TensorShapeProto.Dimension open(String name) {
    return TensorShapeProto.Dimension.newBuilder().setDimParam(name).build();
  }

  private static TensorShapeProto.Dimension fixed(long length) {
    return TensorShapeProto.Dimension.newBuilder().setDimValue(length).build();
  }

  private static List<Long> longs(long[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static ByteString bytes(float[] values) {
    ByteBuffer bytes = allocate((long) Float.BYTES * values.length);
    bytes.asFloatBuffer().put(values);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  private static ByteString bytes(long[] values) {
    ByteBuffer bytes = allocate((long) Long.BYTES * values.length);
    bytes.asLongBuffer().put(values);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  private static ByteBuffer allocate(long bytes) {
    return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
