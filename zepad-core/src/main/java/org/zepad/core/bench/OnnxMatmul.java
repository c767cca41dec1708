package org.zepad.core.bench;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;

/** A square float32 matrix times itself in ONNX Runtime, on the CPU. It owns native memory. */
final class OnnxMatmul implements AutoCloseable {
  private static final int OPSET = 18;
  private static final int IR_VERSION = 8;
  private static final String LEFT = "left";
  private static final String RIGHT = "right";
  private static final String PRODUCT = "product";

  private final OrtSession session;
  private final OnnxTensor left;

  private OnnxMatmul(OrtSession session, OnnxTensor left) {
    this.session = session;
    this.left = left;
  }

  /**
   * Prepares it. The right side is a constant, as weights are.
   *
   * @param numbers of the matrix, row by row
   * @param side its rows and columns
   * @param threads 0: one for each core
   */
  static OnnxMatmul of(float[] numbers, int side, int threads) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      OrtSession session = environment.createSession(graph(numbers, side).toByteArray(), options);
      long[] shape = {side, side};
      OnnxTensor left = OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers), shape);
      return new OnnxMatmul(session, left);
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  private static ModelProto graph(float[] numbers, int side) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    TensorProto right =
        TensorProto.newBuilder()
            .setName(RIGHT)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addAllDims(List.of((long) side, (long) side))
            .setRawData(ByteString.copyFrom(bytes))
            .build();
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName(PRODUCT)
            .addInput(matrix(LEFT, side))
            .addInitializer(right)
            .addNode(
                NodeProto.newBuilder()
                    .setOpType("MatMul")
                    .addInput(LEFT)
                    .addInput(RIGHT)
                    .addOutput(PRODUCT))
            .addOutput(matrix(PRODUCT, side));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build();
  }

  private static ValueInfoProto matrix(String name, int side) {
    TensorShapeProto.Dimension length =
        TensorShapeProto.Dimension.newBuilder().setDimValue(side).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(TensorShapeProto.newBuilder().addDim(length).addDim(length))))
        .build();
  }

  /** Computes the product once and drops it. */
  void run() {
    try {
      session.run(Map.of(LEFT, left)).close();
    } catch (OrtException e) {
      throw failure(e);
    }
  }

  private static ZepadException failure(OrtException e) {
    return ZepadException.environment(
        "ONNX Runtime failed to multiply matrices: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    left.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw failure(e);
    }
  }
}
