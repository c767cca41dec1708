package org.zepad.core.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.core.onnx.ModelInfo;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.serve.V2Request.Wanted;

/**
 * The Open Inference Protocol (KServe's second), over HTTP, with its extension for binary tensors.
 * There is one model, in one version.
 *
 * @see <a href="https://github.com/kserve/open-inference-protocol">the specification</a>
 */
final class V2Protocol {
  /** How many bytes of a body are JSON; binary tensors follow. */
  static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  private static final String VERSION = "1";

  private final Inference inference;
  private final String model;
  private final String server;
  private final InFlight inFlight;
  private final List<V2Output> outputs;
  private final MemoryBudget fitted = MemoryBudget.ofHeap(0.25);

  /**
   * The protocol over a model.
   *
   * @param model its name in addresses
   * @param server the version of this program
   */
  V2Protocol(Inference inference, String model, String server, InFlight inFlight) {
    this.inference = inference;
    this.model = model;
    this.server = server;
    this.inFlight = inFlight;
    outputs = V2Output.all(inference.tasks());
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.get("/v2", call -> Reply.json(server())));
    routes.add(Route.get("/v2/health/live", call -> Reply.json(Map.of("live", true))));
    routes.add(Route.get("/v2/health/ready", call -> ready(Map.of("ready", true))));
    for (String at : List.of("/v2/models/*", "/v2/models/*/versions/*")) {
      int parts = at.split("\\*", -1).length - 1;
      routes.add(Route.get(at, call -> Reply.json(metadata(named(call, parts)))));
      routes.add(
          Route.get(
              at + "/ready", call -> ready(Map.of("name", named(call, parts), "ready", true))));
      routes.add(
          Route.post(
              at + "/infer",
              call -> {
                named(call, parts);
                return infer(call);
              }));
    }
    return routes;
  }

  private String named(Call call, int parts) {
    if (!call.part(0).equals(model)) {
      throw HttpProblem.missing(
          "there is no model '" + call.part(0) + "'; the model is '" + model + "'");
    }
    if (parts > 1 && !call.part(1).equals(VERSION)) {
      throw HttpProblem.missing("there is no version '" + call.part(1) + "'; the version is 1");
    }
    return model;
  }

  private Reply ready(Map<String, Object> facts) {
    if (inFlight.isDraining()) {
      throw HttpProblem.unavailable("the server is shutting down");
    }
    return Reply.json(facts);
  }

  private Map<String, Object> server() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", "zepad");
    map.put("version", server);
    map.put("extensions", List.of("binary_tensor_data"));
    return map;
  }

  private Map<String, Object> metadata(String name) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("versions", List.of(VERSION));
    map.put("platform", "onnxruntime_onnx");
    map.put("inputs", List.of(tensor(ModelInfo.IMAGES, "UINT8", List.of(-1, 3, -1, -1))));
    int branches = inference.info().branches().size();
    map.put(
        "outputs",
        outputs.stream()
            .map(o -> tensor(o.name(), o.fact().datatype(), o.shape(-1, branches)))
            .toList());
    map.put("parameters", Map.of("branches", branches(), "tasks", tasks()));
    return map;
  }

  private List<Object> branches() {
    List<Object> list = new ArrayList<>();
    inference
        .info()
        .branches()
        .forEach(b -> list.add(Map.of("name", b.name(), "role", b.role().name())));
    return list;
  }

  private List<Object> tasks() {
    List<Object> list = new ArrayList<>();
    for (TaskInfo task : inference.tasks()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", task.name());
      map.put("classes", task.classes());
      map.put("threshold", task.threshold());
      list.add(map);
    }
    return list;
  }

  private static Map<String, Object> tensor(String name, String datatype, List<Integer> shape) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("datatype", datatype);
    map.put("shape", shape);
    return map;
  }

  private Reply infer(Call call) throws IOException {
    V2Request request =
        V2Reader.read(call.body(), call.header(HEADER_LENGTH), outputs, inference.capacity());
    List<TaskInfo> tasks =
        request.outputs().stream().map(wanted -> wanted.output().task()).distinct().toList();
    try (MemoryBudget.Share share = fitted.open()) {
      // However small they came in, this is what they grow to.
      share.take((long) request.images().size() * inference.imageBytes(), Duration.ZERO);
      List<byte[]> images = request.images().stream().map(inference::fit).toList();
      return reply(request, inference.scores(tasks, images));
    }
  }

  private Reply reply(V2Request request, Map<TaskInfo, List<Scores>> scores) {
    int branches = inference.info().branches().size();
    ByteArrayOutputStream binary = new ByteArrayOutputStream();
    List<Object> tensors = new ArrayList<>();
    for (Wanted wanted : request.outputs()) {
      V2Output output = wanted.output();
      List<Object> values = new ArrayList<>();
      scores
          .getOrDefault(output.task(), List.of())
          .forEach(image -> values.addAll(output.values(image)));
      Map<String, Object> tensor =
          tensor(
              output.name(),
              output.fact().datatype(),
              output.shape(request.images().size(), branches));
      if (wanted.binary()) {
        byte[] bytes = bytes(output, values);
        tensor.put("parameters", Map.of("binary_data_size", bytes.length));
        binary.writeBytes(bytes);
      } else {
        tensor.put("data", values);
      }
      tensors.add(tensor);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model_name", model);
    map.put("model_version", VERSION);
    if (!request.id().isEmpty()) {
      map.put("id", request.id());
    }
    map.put("outputs", tensors);
    Reply json = Reply.json(map);
    if (request.outputs().stream().noneMatch(Wanted::binary)) {
      return json;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json.body());
    body.writeBytes(binary.toByteArray());
    return new Reply(
        200,
        "application/octet-stream",
        body.toByteArray(),
        Map.of(HEADER_LENGTH, String.valueOf(json.body().length)));
  }

  private static byte[] bytes(V2Output output, List<Object> values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.size() * output.fact().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(value -> V2Output.put(buffer, value));
    return buffer.array();
  }
}
