package org.zepad.core.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.picture.Pictures;
import org.zepad.core.runtime.Classification;
import org.zepad.core.runtime.ZepadClassifier;
import org.zepad.core.testkit.Browser;
import org.zepad.testkit.TestPictures;

/**
 * Uses the page in a real browser. What was seen stays in {@code target/page}, for people to look
 * at.
 */
class PageTest {
  private static final Path SEEN = Path.of("target", "page");

  /** The browser tidies it up itself. */
  @TempDir(cleanup = CleanupMode.NEVER)
  Path profile;

  @TempDir Path folder;

  @Test
  void aPersonDropsAPictureAndSeesClassesBranchesAndTheVerdict() throws Exception {
    Optional<String> program = Browser.find();
    assumeTrue(
        program.isPresent(), "no Chromium or Chrome on the PATH; name one with -Dzepad.browser");
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to join a pipe to the browser");
    Files.createDirectories(SEEN);
    byte[] picture = TestPictures.bytes(noise(), "png");
    try (ZepadClassifier classifier = ServedModel.load(folder);
        InferenceServer server =
            InferenceServer.start(classifier, ServeOptions.defaults().of("demo", ""), "1");
        Browser browser = new Browser(program.orElseThrow(), profile)) {
      for (int width : new int[] {1280, 390}) {
        for (String scheme : new String[] {"light", "dark"}) {
          browser.open(server.address(), width, 844, scheme);
          assertThat(browser.evaluate("document.getElementById('result').hidden").asBoolean())
              .isTrue();
          give(browser, picture, "a <i>picture</i>.png", width == 1280);
          String letters = ServedModel.LETTERS;
          look(browser, classifier, picture, letters, "!document.getElementById('result').hidden");
          Files.write(SEEN.resolve(width + "-" + scheme + ".png"), browser.screenshot());
          assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
              .as("width of the page")
              .isEqualTo(width);
          assertThat(browser.evaluate("document.getElementById('preview').naturalWidth").asInt())
              .as("the picture is shown")
              .isEqualTo(24);
        }
      }
      assertThat(browser.evaluate("document.querySelectorAll('#result i, #result b').length"))
          .as("names become text, never elements")
          .hasToString("0");
      assertThat(text(browser, "#classes")).contains(ServedModel.CLASSES.get(1));
      chooseTask(browser, ServedModel.DIGITS);
      look(browser, classifier, picture, ServedModel.DIGITS, rows(2));
      assertThat(browser.complaints).isEmpty();
      give(browser, new byte[] {1, 2, 3}, "broken.png", true);
      await(browser, "!document.getElementById('problem').hidden");
      assertThat(text(browser, "#problem")).contains("no picture that can be read");
      assertThat(browser.evaluate("document.getElementById('result').hidden").asBoolean()).isTrue();
      Files.write(SEEN.resolve("problem.png"), browser.screenshot());
    }
  }

  @Test
  void onlyWhatIsWrittenInThePageMayRun() throws Exception {
    try (ZepadClassifier classifier = ServedModel.load(folder);
        InferenceServer server = InferenceServer.start(classifier, ServeOptions.defaults(), "1")) {
      Wire.Answer page = Wire.get(server.address(), "/");
      assertThat(page.headers().get("content-type")).isEqualTo("text/html; charset=utf-8");
      assertThat(page.headers().get("content-security-policy"))
          .startsWith("default-src 'none'; script-src 'sha256-")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(page.text()).doesNotContain("%FACTS%", "http://", "https://");
    }
  }

  private static BufferedImage noise() {
    BufferedImage image = TestPictures.flat(24, 20, 0);
    Random random = new Random(8);
    for (int i = 0; i < 24 * 20; i++) {
      image.setRGB(i % 24, i / 24, random.nextInt(1 << 24));
    }
    return image;
  }

  /** Drops a file on the page, or chooses it with the button's file dialogue. */
  private static void give(Browser browser, byte[] bytes, String name, boolean drop)
      throws IOException {
    String act =
        drop
            ? "document.getElementById('drop').dispatchEvent(new DragEvent('drop',"
                + " {dataTransfer: transfer, bubbles: true, cancelable: true}))"
            : "(input => { input.files = transfer.files; input.dispatchEvent(new Event('change'));"
                + " })(document.getElementById('file'))";
    browser.evaluate(
        "(() => { const bytes = Uint8Array.from(atob('"
            + Base64.getEncoder().encodeToString(bytes)
            + "'), c => c.charCodeAt(0)); const transfer = new DataTransfer();"
            + " transfer.items.add(new File([bytes], '"
            + name
            + "', {type: 'image/png'})); "
            + act
            + "; })()");
  }

  private static void chooseTask(Browser browser, String task) throws IOException {
    browser.evaluate(
        "(select => { select.value = '"
            + task
            + "'; select.dispatchEvent(new Event('change')); })(document.getElementById('task'))");
  }

  private static String rows(int count) {
    return "document.getElementById('classes').rows.length === " + count;
  }

  private static void look(
      Browser browser, ZepadClassifier classifier, byte[] picture, String task, String condition)
      throws Exception {
    await(browser, condition);
    Classification seen = classifier.predict(task, List.of(Pictures.read("it", picture))).get(0);
    assertThat(text(browser, "#classes tr th")).isEqualTo(seen.className());
    assertThat(text(browser, "#classes tr .number"))
        .isEqualTo(String.format(Locale.ROOT, "%.1f%%", 100 * seen.probability()));
    assertThat(text(browser, "#verdict"))
        .startsWith(seen.flagged() ? "Flagged" : "Not flagged")
        .contains("flagged above 0.100");
    assertThat(text(browser, "#branches"))
        .contains("victim (MPAE, adversarially tuned)", "helper (BMP, benign memory)");
    assertThat(text(browser, "#branches tr:last-child .number"))
        .isEqualTo(String.format(Locale.ROOT, "%.3f", seen.confidences().get(2)));
    JsonNode bars =
        browser.evaluate(
            "[...document.querySelectorAll('.bar')].map(b => b.getBoundingClientRect().width)");
    assertThat(bars).isNotEmpty().allMatch(bar -> bar.asDouble() > 0);
  }

  private static String text(Browser browser, String selector) throws IOException {
    return browser.evaluate("document.querySelector('" + selector + "').textContent").asText();
  }

  private static void await(Browser browser, String condition) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!browser.evaluate(condition).asBoolean()) {
      assertThat(System.nanoTime()).as(condition).isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
