package org.zepad.core.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a reader sees of a report in a browser, on a desktop and on a phone, light and dark.
 *
 * @param pictures images in the page, not counting plots
 * @param plots drawings of curves and histograms
 * @param tables those in sight, not those below plots
 * @param text all words in sight
 * @param faults pictures that do not show, parts that leave the page, errors, requests that leave
 *     the file; empty for a good report
 */
public record SeenReport(int pictures, int plots, int tables, String text, List<String> faults) {
  private static final String BROKEN =
      "[...document.images].filter(i => i.naturalWidth === 0 || i.clientWidth < 90)"
          + ".map(i => i.alt).join()";
  private static final String OUTSIDE =
      "[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll') &&"
          + " e.getBoundingClientRect().right > innerWidth + 0.5)"
          + ".map(e => e.tagName + '.' + e.getAttribute('class')).join()";

  public SeenReport {
    faults = List.copyOf(faults);
  }

  /**
   * Looks at a report. The test is left out where there is no browser.
   *
   * @param profile an empty folder of the browser's own, not to be tidied up by others
   * @param shots folder for pictures of the whole page, for people to look at
   */
  public static SeenReport of(Path report, Path profile, Path shots) throws IOException {
    List<String> faults = new ArrayList<>();
    Files.createDirectories(shots);
    try (Browser browser = new Browser(program(), profile)) {
      for (int width : new int[] {1280, 390}) {
        for (String scheme : new String[] {"light", "dark"}) {
          browser.open(report.toAbsolutePath(), width, 844, scheme);
          String as = width + "-" + scheme;
          Files.write(shots.resolve(as + ".png"), browser.screenshot());
          complain(faults, as + ": pictures not seen", browser.evaluate(BROKEN).asText());
          complain(faults, as + ": outside of the page", browser.evaluate(OUTSIDE).asText());
        }
      }
      browser.complaints.forEach(complaint -> complain(faults, "the browser said", complaint));
      return new SeenReport(
          browser.evaluate("document.images.length").asInt(),
          browser.evaluate("document.querySelectorAll('.plot > svg').length").asInt(),
          browser.evaluate("document.querySelectorAll('figure.table').length").asInt(),
          browser.evaluate("document.body.innerText").asText(),
          faults);
    }
  }

  private static void complain(List<String> faults, String what, String text) {
    if (!text.isEmpty()) {
      faults.add(what + ": " + text);
    }
  }

  /** The browser's program; the test is left out where there is none. */
  public static String program() {
    Optional<String> program = Browser.find();
    assumeTrue(
        program.isPresent(), "no Chromium or Chrome on the PATH; name one with -Dzepad.browser");
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to join a pipe to the browser");
    return program.orElseThrow();
  }
}
