package org.zepad.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.core.testkit.Browser;
import org.zepad.core.testkit.SeenReport;

/**
 * Opens a report in a real browser. What was seen stays in {@code target/report}, for people to
 * look at.
 */
class BrowserTest {
  private static final Path SEEN = Path.of("target", "report");

  /** The browser tidies it up itself. */
  @TempDir(cleanup = CleanupMode.NEVER)
  Path profile;

  @Test
  void aReportOpensWithoutErrorWithEveryPictureAndFitsDesktopAndPhone() throws IOException {
    String program = SeenReport.program();
    Files.createDirectories(SEEN);
    Path file = SEEN.resolve("sample.html").toAbsolutePath();
    Files.writeString(file, Html.render(SampleDocument.make()));
    try (Browser browser = new Browser(program, profile)) {
      for (int width : new int[] {1280, 390}) {
        for (String scheme : new String[] {"light", "dark"}) {
          browser.open(file, width, 844, scheme);
          String as = "sample-" + width + "-" + scheme;
          Files.write(SEEN.resolve(as + ".png"), browser.screenshot());
          look(browser, width, as);
          assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor").asText())
              .as(as)
              .isEqualTo(scheme.equals("light") ? "rgb(255, 255, 255)" : "rgb(20, 23, 27)");
          browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
          Files.write(SEEN.resolve(as + "-opened.png"), browser.screenshot());
          look(browser, width, as + ", opened");
        }
      }
      assertThat(browser.complaints).isEmpty();
    }
  }

  @Test
  void whatAPageDoesWrongIsNoticed() throws IOException {
    String program = SeenReport.program();
    Files.createDirectories(SEEN);
    Path file = SEEN.resolve("wrong.html").toAbsolutePath();
    Files.writeString(
        file,
        "<!DOCTYPE html><title>Wrong</title><img src='http://localhost:9/a.png'>"
            + "<script>throw new Error('thrown')</script>");
    try (Browser browser = new Browser(program, profile)) {
      browser.open(file, 390, 844, "light");
      assertThat(browser.complaints)
          .anyMatch(complaint -> complaint.contains("http://localhost:9/a.png"))
          .anyMatch(complaint -> complaint.contains("thrown"));
    }
  }

  private static void look(Browser browser, int width, String as) throws IOException {
    assertThat(browser.evaluate("document.images.length").asInt()).as(as).isEqualTo(24);
    assertThat(
            browser
                .evaluate("[...document.images].filter(i => i.naturalWidth === 0).length")
                .asInt())
        .as(as)
        .isZero();
    assertThat(
            browser.evaluate("[...document.images].filter(i => i.clientWidth < 90).length").asInt())
        .as("pictures too small to see, %s", as)
        .isZero();
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .as("width of the page, %s", as)
        .isEqualTo(width);
    assertThat(
            browser
                .evaluate(
                    "[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll') &&"
                        + " e.getBoundingClientRect().right > innerWidth + 0.5)"
                        + ".map(e => e.tagName + '.' + e.getAttribute('class')).join()")
                .asText())
        .as("what leaves the page, %s", as)
        .isEmpty();
    assertThat(
            browser
                .evaluate("(s => s.scrollWidth > s.clientWidth)(document.querySelector('.scroll'))")
                .asBoolean())
        .as("the wide table scrolls, %s", as)
        .isTrue();
    assertThat(
            browser
                .evaluate(
                    "(() => { const box = document.querySelector('.scroll'); box.scrollLeft = 200;"
                        + " const moved = box.scrollLeft; const name ="
                        + " box.querySelector('th[scope=row]').getBoundingClientRect().left;"
                        + " const at = box.getBoundingClientRect().left; box.scrollLeft = 0;"
                        + " return moved > 0 && Math.abs(name - at) < 1; })()")
                .asBoolean())
        .as("the names of rows stay in sight, %s", as)
        .isTrue();
  }
}
