package org.zepad.cli;

import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.modality.Output;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;

/** A program that loads a model's folder and asks it just as DJL Serving does. */
final class DjlServingModel {
  private static final String OPTION = "option.";

  private DjlServingModel() {}

  /**
   * Runs a model.
   *
   * @param args the model's folder; a file of images, unsigned bytes; how many, their height, their
   *     width; the file to be written: each output in a line, its numbers behind its name
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Shape shape =
        new Shape(Long.parseLong(args[2]), 3, Long.parseLong(args[3]), Long.parseLong(args[4]));
    StringJoiner lines = new StringJoiner("\n");
    try (ZooModel<Input, Output> model = criteria(folder).loadModel();
        Predictor<Input, Output> predictor = model.newPredictor();
        NDManager manager = NDManager.newBaseManager("OnnxRuntime")) {
      ByteBuffer pixels = ByteBuffer.wrap(Files.readAllBytes(Path.of(args[1])));
      Input request = new Input();
      request.add("data", new NDList(manager.create(pixels, shape, DataType.UINT8)).encode());
      Output reply = predictor.predict(request);
      for (NDArray output : NDList.decode(manager, reply.getData().getAsBytes())) {
        StringJoiner line = new StringJoiner(" ").add(output.getName());
        for (float number : output.toFloatArray()) {
          line.add(String.valueOf(number));
        }
        lines.add(line.toString());
      }
    }
    Files.writeString(Path.of(args[5]), lines.toString());
  }

  private static Criteria<Input, Output> criteria(Path folder) throws Exception {
    Properties serving = new Properties();
    try (Reader in = Files.newBufferedReader(folder.resolve("serving.properties"))) {
      serving.load(in);
    }
    Map<String, String> options = new HashMap<>();
    Map<String, Object> arguments = new HashMap<>();
    for (String key : serving.stringPropertyNames()) {
      if (key.startsWith(OPTION)) {
        options.put(key.substring(OPTION.length()), serving.getProperty(key));
      } else {
        arguments.put(key, serving.getProperty(key));
      }
    }
    return Criteria.builder()
        .setTypes(Input.class, Output.class)
        .optModelUrls(folder.toUri().toString())
        .optEngine(serving.getProperty("engine"))
        .optOptions(options)
        .optArguments(arguments)
        .build();
  }
}
