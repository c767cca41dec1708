package org.zepad.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HtmlWriterTest {
  private static String text(String text) {
    return new HtmlWriter().leaf("b", text, "title", text).finished();
  }

  @Test
  void whatMeansSomethingInHtmlIsEscapedInTextsAndAttributes() {
    assertThat(text("<&>\"'"))
        .isEqualTo(
            "<!DOCTYPE html><b title=\"&lt;&amp;&gt;&quot;&#39;\">&lt;&amp;&gt;&quot;&#39;</b>\n");
  }

  @Test
  void whatNoPageMayHoldIsReplaced() {
    assertThat(text("\u0000")).contains(">\ufffd<");
    assertThat(text("\u001b")).contains(">\ufffd<");
    assertThat(text("\u0085")).contains(">\ufffd<");
    assertThat(text("\ud800")).contains(">\ufffd<");
    assertThat(text("\ufffe")).contains(">\ufffd<");
    assertThat(text("\u202e")).contains(">\ufffd<");
    assertThat(text("\u2066")).contains(">\ufffd<");
    assertThat(text("tab\t, line\n, è, 猫, \ud83d\ude00"))
        .contains(">tab\t, line\n, è, 猫, \ud83d\ude00<");
  }

  @Test
  void tagsHaveToBeClosedAndAttributesToHaveValues() {
    assertThatThrownBy(() -> new HtmlWriter().open("b").finished())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("b");
    assertThatThrownBy(() -> new HtmlWriter().open("b", "title"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HtmlWriter().style("</style><script>"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
