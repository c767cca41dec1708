package org.zepad.core.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MultipartTest {
  private static final String TYPE = "multipart/form-data; boundary=\"b\"";
  private static final byte[] FILE = bytes("\r\n--bx\r\n\r\n--\0\u00ff\r\n");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void theFileIsFoundAmongOtherFieldsByteForByte() {
    byte[] file = bytes("\r\n-b\r\n\r\n--\0\u00ff\r\n");
    byte[] form = TestForms.of("b", "x", "", "filename").and("f", "a.png", file).bytes();
    assertThat(Multipart.file(TYPE, form)).isEqualTo(file);
    byte[] empty = TestForms.of("b", "f", "a.png", "").bytes();
    assertThat(Multipart.file(TYPE, empty)).isEmpty();
    byte[] prefaced = bytes("a preface\r\n" + new String(empty, StandardCharsets.ISO_8859_1));
    assertThat(Multipart.file(TYPE, prefaced)).isEmpty();
  }

  @Test
  void brokenFormsAreRefused() {
    byte[] form = TestForms.of("b", "f", "a.png", "content").bytes();
    for (int length = 0; length < form.length - 5; length++) {
      byte[] cut = Arrays.copyOf(form, length);
      assertThatThrownBy(() -> Multipart.file(TYPE, cut)).isInstanceOf(HttpProblem.class);
    }
    assertThatThrownBy(() -> Multipart.file("multipart/form-data", form))
        .hasMessageContaining("no boundary");
    assertThatThrownBy(() -> Multipart.file(TYPE, FILE)).isInstanceOf(HttpProblem.class);
    byte[] two = TestForms.of("b", "f", "a.png", "1").and("g", "b.png", FILE).bytes();
    assertThatThrownBy(() -> Multipart.file(TYPE, two)).isInstanceOf(HttpProblem.class);
    byte[] none = TestForms.of("b", "f", "", "1").bytes();
    assertThatThrownBy(() -> Multipart.file(TYPE, none)).hasMessageContaining("no file");
  }
}
