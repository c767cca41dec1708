package org.zepad.core.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.serve.V2Request.Wanted;

class V2ReaderTest {
  private static final List<V2Output> OUTPUTS =
      V2Output.all(List.of(new TaskInfo("t", List.of("a", "b"), 0.1, null)));
  private static final String SOUND =
      "{'id':'i','unknown':{'a':[1]},'parameters':{'binary_data_output':true,'other':1},"
          + "'inputs':[{'name':'images','datatype':'UINT8','shape':[1,3,1,2],"
          + "'data':[[[[1,2]],[[3,4]],[[5,255]]]]}],"
          + "'outputs':[{'name':'label_t','parameters':{'binary_data':false}},{'name':'score_t'}]}";

  private static V2Request read(String json, String headerLength) {
    byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1);
    return V2Reader.read(body, headerLength, OUTPUTS, 100);
  }

  @Test
  void aSoundRequestIsUnderstoodAndWhatItDoesNotKnowPassedOver() {
    V2Request request = read(SOUND, "");
    assertThat(request.id()).isEqualTo("i");
    assertThat(request.images()).hasSize(1);
    assertThat(request.images().get(0).width()).isEqualTo(2);
    assertThat(request.images().get(0).planes()).containsExactly(1, 2, 3, 4, 5, -1);
    assertThat(request.outputs().stream().map(w -> w.output().name()))
        .containsExactly("label_t", "score_t");
    assertThat(request.outputs().stream().map(Wanted::binary)).containsExactly(false, true);
  }

  @Test
  void textInNoEncodingIsTheClientsMistake() {
    // Begins as UTF-32 does, and then holds what is no character of it.
    byte[] body = {0, 0, 0, '{', 0x70, 0x21, 0, 0};
    assertThatThrownBy(() -> V2Reader.read(body, "", OUTPUTS, 100))
        .isInstanceOf(HttpProblem.class)
        .hasMessageContaining("no sound JSON");
  }

  @Test
  void withoutOutputsAllAreWanted() {
    String json = SOUND.replaceAll(",'outputs'.*$", "}");
    assertThat(read(json, "").outputs()).hasSameSizeAs(OUTPUTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'name':'images' | 'name':'pixels' | the input is 'images'",
        "UINT8 | FP32 | not 'FP32'",
        "[1,3,1,2] | [1,4,1,2] | not [1, 4, 1, 2]",
        "[1,3,1,2] | [1,3,2] | not [1, 3, 2]",
        "[1,3,1,2] | [2,3,1,2] | does not fit 6 values",
        "[1,3,1,2] | [0,3,1,2] | there is at least one",
        "[1,3,1,2] | [-1,3,-1,2] | there is at least one",
        "[1,3,1,2] | [9223372036854775807,3,1,2] | does not fit",
        "[1,3,1,2] | [1,3,1,99999999999999999999] | out of range of long",
        "[1,3,1,2] | [1,3,1,9999999999] | 1 to 8192 rows",
        "[1,3,1,2] | [1.5,3,1,2] | whole numbers",
        "255 | 256 | entry 5 is none",
        "255 | -1 | entry 5 is none",
        "255 | 2.5 | entry 5 is none",
        "255 | null | entry 5 is none",
        "255 | 'x' | entry 5 is none",
        "255 | 99999999999 | out of range of int",
        "label_t | label_u | there is no output 'label_u'",
        "label_t | score_t | asked for twice",
        "'binary_data':false | 'binary_data':0 | neither true nor false",
        "'binary_data':false | 'classification':3 | 'classification' is not supported",
        "'binary_data':false | 'shared_memory_region':'r' | is not supported",
        "'id':'i' | 'id':7 | 'id' is no short text",
        "'id':'i' | 'id':'i','id':'j' | Duplicate field 'id'",
        "'inputs':[{ | 'inputs':[{},{ | several",
        "'inputs':[ | 'input':[ | the input is 'images'",
        "'data':[[[[1,2]],[[3,4]],[[5,255]]]] | 'nothing':1 | either 'data' or",
      })
  void whatIsWrongIsToldInWords(String sound, String wrong, String reason) {
    assertThat(SOUND).contains(sound);
    assertThatThrownBy(() -> read(SOUND.replace(sound, wrong), ""))
        .isInstanceOf(HttpProblem.class)
        .satisfies(e -> assertThat(e.getMessage().replace('"', '\'')).contains(reason));
  }

  @Test
  void binaryTensorsMustBeExactlyAsLongAsToldAndTheHeaderTrue() {
    String json =
        SOUND.replaceAll("'data':\\[\\[.*?\\]\\]\\]\\]", "'parameters':{'binary_data_size':6}");
    String length = String.valueOf(json.length());
    assertThat(read(json + "abcdef", length).images().get(0).planes())
        .containsExactly('a', 'b', 'c', 'd', 'e', 'f');
    for (String rest : List.of("", "abcde", "abcdefg")) {
      assertThatThrownBy(() -> read(json + rest, length))
          .hasMessageContaining("bytes follow the JSON");
    }
    for (String header : List.of("x", "-1", "99999", "9999999999999")) {
      assertThatThrownBy(() -> read(json + "abcdef", header))
          .hasMessageContaining("Inference-Header-Content-Length is '" + header + "'");
    }
    assertThatThrownBy(() -> read(SOUND + "abcdef", String.valueOf(SOUND.length())))
        .hasMessageContaining("which no input takes");
  }

  @Test
  void damagedRequestsAreRefusedAndNothingElseHappens() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      StringBuilder json = new StringBuilder(SOUND);
      for (int k = random.nextInt(3); k >= 0 && json.length() > 1; k--) {
        int at = random.nextInt(json.length());
        switch (random.nextInt(3)) {
          case 0 -> json.deleteCharAt(at);
          case 1 -> json.setCharAt(at, "{}[]',:019-et ".charAt(random.nextInt(14)));
          default -> json.setLength(Math.max(1, at));
        }
      }
      try {
        assertThat(read(json.toString(), "").images()).isNotEmpty();
      } catch (HttpProblem e) {
        assertThat(e.status()).as("seed %d", seed).isEqualTo(400);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + json, e);
      }
    }
  }
}
