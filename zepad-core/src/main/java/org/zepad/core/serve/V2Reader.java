package org.zepad.core.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.onnx.ModelInfo;
import org.zepad.core.serve.V2Request.Wanted;

/**
 * Reads one request of the Open Inference Protocol, from JSON alone or from JSON with binary
 * tensors behind it. Pixels go from the text into bytes one by one: no tree of a million numbers is
 * built. Keys that it does not know are passed over, as the protocol wants; parameters that would
 * change the meaning are refused.
 */
final class V2Reader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String DATATYPE = "UINT8";
  private static final int COLOURS = 3;
  private static final int GREATEST_SIDE = 8192;
  private static final int MOST_TEXT = 1000;

  private final Map<String, V2Output> known = new LinkedHashMap<>();
  private final byte[] body;
  private final int json;

  private String id = "";
  private boolean allBinary;
  private boolean read;
  private String name = "";
  private String datatype = "";
  private List<Long> shape = List.of();
  private long binarySize = -1;
  private byte @Nullable [] data;
  private final Map<V2Output, Boolean> wanted = new LinkedHashMap<>();

  private V2Reader(byte[] body, int json, List<V2Output> outputs) {
    this.body = body;
    this.json = json;
    outputs.forEach(output -> known.put(output.name(), output));
  }

  /**
   * Reads a request.
   *
   * @param headerLength the header {@code Inference-Header-Content-Length}: how many bytes of the
   *     body are JSON; empty: all of them
   * @param outputs the outputs that there are
   * @param mostImages how many images a request may hold
   * @throws HttpProblem if it makes no sense, saying why
   */
  static V2Request read(byte[] body, String headerLength, List<V2Output> outputs, int mostImages) {
    int json = body.length;
    if (!headerLength.isEmpty()) {
      json = headerLength.matches("\\d{1,9}") ? Integer.parseInt(headerLength) : -1;
      if (json < 0 || json > body.length) {
        throw HttpProblem.malformed(
            "Inference-Header-Content-Length is '"
                + headerLength
                + "', the body has "
                + body.length
                + " bytes");
      }
    }
    V2Reader reader = new V2Reader(body, json, outputs);
    try (JsonParser parser = JSON.createParser(body, 0, json)) {
      reader.request(parser);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw HttpProblem.malformed(
          "the request is no sound JSON"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
              + ": "
              + e.getOriginalMessage());
    } catch (IOException e) {
      // Bytes in memory can be read; what cannot be decoded is text in no encoding.
      throw HttpProblem.malformed("the request is no sound JSON: " + e.getMessage());
    }
    return reader.finished(mostImages);
  }

  private void request(JsonParser in) throws IOException {
    require(in.nextToken() == JsonToken.START_OBJECT, "the request is no JSON object");
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      switch (key) {
        case "id" -> id = text(in, key);
        case "parameters" -> allBinary = parameters(in).binaryOutputs();
        case "inputs" -> inputs(in);
        case "outputs" -> outputs(in);
        default -> in.skipChildren();
      }
    }
    require(in.nextToken() == null, "something follows the JSON object");
  }

  private void inputs(JsonParser in) throws IOException {
    require(in.currentToken() == JsonToken.START_ARRAY, "'inputs' is no list");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      require(in.currentToken() == JsonToken.START_OBJECT, "an input is no object");
      require(!read, "there is one input, '" + ModelInfo.IMAGES + "'; the request has several");
      read = true;
      input(in);
    }
  }

  private void input(JsonParser in) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      switch (key) {
        case "name" -> name = text(in, key);
        case "datatype" -> datatype = text(in, key);
        case "shape" -> shape = shape(in);
        case "parameters" -> binarySize = parameters(in).binarySize();
        case "data" -> data = data(in);
        default -> in.skipChildren();
      }
    }
  }

  private static List<Long> shape(JsonParser in) throws IOException {
    require(in.currentToken() == JsonToken.START_ARRAY, "'shape' is no list");
    List<Long> lengths = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      require(
          in.currentToken() == JsonToken.VALUE_NUMBER_INT && lengths.size() < 8,
          "'shape' is no short list of whole numbers");
      lengths.add(in.getLongValue());
    }
    return lengths;
  }

  /** Numbers in row-major order, nested in lists or not. */
  private static byte[] data(JsonParser in) throws IOException {
    require(in.currentToken() == JsonToken.START_ARRAY, "'data' is no list");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int depth = 1;
    while (depth > 0) {
      JsonToken token = in.nextToken();
      if (token == JsonToken.START_ARRAY) {
        depth++;
      } else if (token == JsonToken.END_ARRAY) {
        depth--;
      } else {
        int value = token == JsonToken.VALUE_NUMBER_INT ? in.getIntValue() : -1;
        require(
            value >= 0 && value <= 255,
            "'data' takes whole numbers from 0 to 255, entry " + bytes.size() + " is none");
        bytes.write(value);
      }
    }
    return bytes.toByteArray();
  }

  private void outputs(JsonParser in) throws IOException {
    require(in.currentToken() == JsonToken.START_ARRAY, "'outputs' is no list");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      require(in.currentToken() == JsonToken.START_OBJECT, "an output is no object");
      String output = "";
      Boolean binary = null;
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String key = in.currentName();
        in.nextToken();
        switch (key) {
          case "name" -> output = text(in, key);
          case "parameters" -> binary = parameters(in).binary();
          default -> in.skipChildren();
        }
      }
      V2Output found = known.get(output);
      if (found == null) {
        throw HttpProblem.malformed(
            "there is no output '" + output + "'; the outputs are " + known.keySet());
      }
      require(!wanted.containsKey(found), "the output '" + output + "' is asked for twice");
      wanted.put(found, binary);
    }
  }

  /**
   * Parameters that are understood.
   *
   * @param binary whether this output is wanted in binary; null: not said
   * @param binaryOutputs whether all are
   * @param binarySize how many bytes of this input follow the JSON; -1: not said
   */
  private record Parameters(@Nullable Boolean binary, boolean binaryOutputs, long binarySize) {}

  private static Parameters parameters(JsonParser in) throws IOException {
    require(in.currentToken() == JsonToken.START_OBJECT, "'parameters' is no object");
    Boolean binary = null;
    boolean binaryOutputs = false;
    long binarySize = -1;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      JsonToken value = in.nextToken();
      switch (key) {
        case "binary_data" -> {
          require(value.isBoolean(), "'binary_data' is neither true nor false");
          binary = in.getBooleanValue();
        }
        case "binary_data_output" -> {
          require(value.isBoolean(), "'binary_data_output' is neither true nor false");
          binaryOutputs = in.getBooleanValue();
        }
        case "binary_data_size" -> {
          require(
              value == JsonToken.VALUE_NUMBER_INT && in.getLongValue() >= 0,
              "'binary_data_size' is no number of bytes");
          binarySize = in.getLongValue();
        }
        default -> {
          require(
              !key.equals("classification") && !key.startsWith("shared_memory_"),
              "the parameter '" + key + "' is not supported here");
          in.skipChildren();
        }
      }
    }
    return new Parameters(binary, binaryOutputs, binarySize);
  }

  private V2Request finished(int mostImages) {
    require(read && name.equals(ModelInfo.IMAGES), "the input is '" + ModelInfo.IMAGES + "'");
    require(
        datatype.equals(DATATYPE),
        "the input has the datatype " + DATATYPE + " (0 to 255), not '" + datatype + "'");
    require(
        shape.size() == 4 && shape.get(1) == COLOURS,
        "the input has the shape [images, 3, height, width], not " + shape);
    long count = shape.get(0);
    long height = shape.get(2);
    long width = shape.get(3);
    byte[] source = data == null ? body : data;
    int start = data == null ? json : 0;
    int length = source.length - start;
    requireOneSource();
    require(
        count >= 1
            && height >= 1
            && width >= 1
            && height <= GREATEST_SIDE
            && width <= GREATEST_SIDE,
        "images have 1 to " + GREATEST_SIDE + " rows and columns, and there is at least one");
    long plane = height * width;
    require(
        count <= length && count * COLOURS * plane == length,
        "the shape " + shape + " does not fit " + length + " values");
    if (count > mostImages) {
      throw HttpProblem.tooLarge(
          "at most " + mostImages + " images are taken at once, not " + count);
    }
    List<RgbImage> images = new ArrayList<>();
    int each = (int) (COLOURS * plane);
    for (int i = 0; i < count; i++) {
      int from = start + i * each;
      byte[] planes = Arrays.copyOfRange(source, from, from + each);
      images.add(new RgbImage((int) width, (int) height, planes));
    }
    return new V2Request(id, images, wanted());
  }

  private void requireOneSource() {
    int rest = body.length - json;
    require((data == null) != (binarySize < 0), "an input has either 'data' or 'binary_data_size'");
    require(data == null || rest == 0, rest + " bytes follow the JSON, which no input takes");
    require(
        data != null || binarySize == rest,
        "'binary_data_size' is " + binarySize + ", but " + rest + " bytes follow the JSON");
  }

  private List<Wanted> wanted() {
    List<Wanted> list = new ArrayList<>();
    if (wanted.isEmpty()) {
      known.values().forEach(output -> list.add(new Wanted(output, allBinary)));
    }
    wanted.forEach(
        (output, binary) -> list.add(new Wanted(output, binary == null ? allBinary : binary)));
    return list;
  }

  private static String text(JsonParser in, String key) throws IOException {
    require(
        in.currentToken() == JsonToken.VALUE_STRING && in.getTextLength() <= MOST_TEXT,
        "'" + key + "' is no short text");
    return in.getText();
  }

  private static void require(boolean sound, String problem) {
    if (!sound) {
      throw HttpProblem.malformed(problem);
    }
  }
}
