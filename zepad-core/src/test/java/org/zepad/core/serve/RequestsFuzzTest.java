package org.zepad.core.serve;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zepad.api.ZepadException;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.testkit.ParserFuzz;
import org.zepad.core.testkit.ParserFuzz.Parser;

/** A damaged request is understood or answered with a problem; it never fails the server. */
class RequestsFuzzTest {
  private static final List<V2Output> OUTPUTS =
      V2Output.all(List.of(new TaskInfo("t", List.of("a", "b"), 0.1, null)));
  private static final String START =
      "{\"id\":\"i\",\"parameters\":{\"binary_data_output\":true},"
          + "\"outputs\":[{\"name\":\"label_t\",\"parameters\":{\"binary_data\":false}}],"
          + "\"inputs\":[{\"name\":\"images\",\"datatype\":\"UINT8\",\"shape\":[1,3,1,2],";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void json() {
    byte[] nested = bytes(START + "\"data\":[[[[1,2]],[[3,4]],[[5,255]]]]}]}");
    byte[] flat = bytes(START + "\"data\":[1,2,3,4,5,255]}]}");
    new ParserFuzz("request in JSON", 16)
        .run(answered(body -> V2Reader.read(body, "", OUTPUTS, 100)), nested, flat);
  }

  @Test
  void binary() {
    String json = START + "\"parameters\":{\"binary_data_size\":6}}]}";
    new ParserFuzz("request in binary", 16)
        .run(
            answered(body -> V2Reader.read(body, "" + json.length(), OUTPUTS, 100)),
            bytes(json + "abcdef"));
  }

  @Test
  void form() {
    byte[] form =
        TestForms.of("b", "x", "", "text").and("f", "a.png", bytes("\r\n-b\r\n--")).bytes();
    new ParserFuzz("upload form", 16)
        .run(answered(body -> Multipart.file("multipart/form-data; boundary=b", body)), form);
  }

  /** The parsers of the server refuse with an answer of HTTP. */
  private static Parser<byte[]> answered(Parser<byte[]> parser) {
    return body -> {
      try {
        parser.read(body);
      } catch (HttpProblem e) {
        throw ZepadException.input(e.getMessage());
      }
    };
  }
}
