package org.zepad.core.bench;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zepad.api.ZepadException;
import org.zepad.core.onnx.ModelInfo;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.OnnxFile;

/**
 * Counts what an exported graph computes for an image: convolutions and matrix products, two
 * operations for each multiply-add. Shapes are not worked out but seen: the graph runs once with
 * what its products take and give as outputs.
 */
final class Flops {
  private static final String CONVOLUTION = "Conv";
  private static final String PRODUCT = "MatMul";
  private static final int COLOURS = 3;

  private final GraphProto graph;
  private final Map<String, long[]> shapes = new HashMap<>();

  private Flops(GraphProto graph) {
    this.graph = graph;
    for (TensorProto constant : graph.getInitializerList()) {
      shapes.put(constant.getName(), constant.getDimsList().stream().mapToLong(d -> d).toArray());
    }
  }

  /**
   * The operations for one image of the model's own size.
   *
   * @param file a float32 model that takes bytes
   * @throws ZepadException of kind INPUT if it is none of ours; of kind USAGE if it does not take
   *     bytes
   */
  static long perImage(Path file) {
    OnnxFile model = OnnxFile.read(file);
    if (model.info().input() != InputForm.UINT8) {
      throw ZepadException.usage(file + " does not take bytes; export it with --input uint8");
    }
    try {
      ModelProto proto = ModelProto.parseFrom(model.bytes());
      Flops flops = new Flops(proto.getGraph());
      flops.see(proto, model.info().size());
      return flops.sum();
    } catch (InvalidProtocolBufferException | OrtException e) {
      throw ZepadException.input(file + " cannot be counted: " + e.getMessage(), e);
    }
  }

  private List<NodeProto> products() {
    return graph.getNodeList().stream()
        .filter(node -> Set.of(CONVOLUTION, PRODUCT).contains(node.getOpType()))
        .toList();
  }

  private void see(ModelProto model, int size) throws OrtException {
    Set<String> wanted = new HashSet<>();
    for (NodeProto node : products()) {
      wanted.add(node.getOutput(0));
      wanted.addAll(node.getInputList());
    }
    wanted.removeAll(shapes.keySet());
    ModelProto.Builder seen = model.toBuilder();
    seen.getGraphBuilder().clearOutput();
    wanted.forEach(
        name -> seen.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(name)));
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    byte[] pixels = new byte[COLOURS * size * size];
    try (SessionOptions options = new SessionOptions();
        OrtSession session = environment.createSession(seen.build().toByteArray(), options);
        OnnxTensor image =
            OnnxTensor.createTensor(
                environment,
                ByteBuffer.wrap(pixels),
                new long[] {1, COLOURS, size, size},
                OnnxJavaType.UINT8);
        OrtSession.Result results = session.run(Map.of(ModelInfo.IMAGES, image))) {
      for (Map.Entry<String, OnnxValue> result : results) {
        if (result.getValue().getInfo() instanceof TensorInfo tensor) {
          shapes.put(result.getKey(), tensor.getShape());
        }
      }
    }
  }

  private long sum() {
    return products().stream().mapToLong(this::operations).sum();
  }

  /** Two for each element of the result and each pair of elements that it is the sum of. */
  private long operations(NodeProto node) {
    long results = elements(shape(node.getOutput(0)));
    if (node.getOpType().equals(CONVOLUTION)) {
      long[] weights = shape(node.getInput(1));
      // (outputs, inputs of the group, height, width)
      return 2 * results * elements(Arrays.copyOfRange(weights, 1, weights.length));
    }
    long[] left = shape(node.getInput(0));
    return 2 * results * left[left.length - 1];
  }

  private long[] shape(String name) {
    long[] shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalStateException("the value " + name + " was not seen");
    }
    return shape;
  }

  private static long elements(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }
}
