package org.zepad.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.zepad.core.report.LinePlot.Point;
import org.zepad.core.report.LinePlot.Series;

class SvgTest {
  private static final Pattern PAIR = Pattern.compile("([-\\d.]+) ([-\\d.]+)");

  /** Three digits before the frame of a share. */
  private static final double LEFT = 32 + 3 * 8.6;

  private static Element svg(org.zepad.core.report.Element plot) {
    Section section = new Section("s", "S", "", List.of(plot));
    return Jsoup.parse(Html.render(new Document("T", "", List.of(section))))
        .selectFirst("figure.plot > svg");
  }

  private static LinePlot plot(Axis x, Axis y, Point... points) {
    return new LinePlot("C", x, y, List.of(new Series("one", List.of(points))), false);
  }

  private static List<double[]> pairs(String path) {
    List<double[]> pairs = new ArrayList<>();
    for (Matcher m = PAIR.matcher(path); m.find(); ) {
      pairs.add(new double[] {Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))});
    }
    return pairs;
  }

  @Test
  void pointsLieAtTheirPixels() {
    Element svg =
        svg(
            plot(
                Axis.linear("x").between(0, 10),
                Axis.share("y"),
                Point.of(0, 0),
                Point.of(5, 0.25),
                Point.of(10, 1)));
    List<double[]> at = pairs(svg.selectFirst("path.curve").attr("d"));
    assertThat(at).hasSize(3);
    assertThat(at.get(0)).containsExactly(new double[] {LEFT, 240}, within(0.01));
    assertThat(at.get(1)).containsExactly(new double[] {(LEFT + 400) / 2, 183}, within(0.01));
    assertThat(at.get(2)).containsExactly(new double[] {400, 12}, within(0.01));
    assertThat(svg.select("path.marker")).hasSize(3);
    assertThat(svg.select("path.marker").get(1).attr("transform"))
        .isEqualTo("translate(" + Numbers.coordinate((LEFT + 400) / 2) + " 183)");
    assertThat(svg.select("path.marker > title").eachText()).contains("one: 25.0% at 5");
  }

  @Test
  void aLogarithmicAxisIsEvenInMagnitudes() {
    Element svg =
        svg(
            plot(
                Axis.log("x"), Axis.share("y"), Point.of(1, 0), Point.of(10, 0), Point.of(100, 0)));
    List<double[]> at = pairs(svg.selectFirst("path.curve").attr("d"));
    assertThat(at.get(1)[0] - at.get(0)[0]).isCloseTo(at.get(2)[0] - at.get(1)[0], within(0.02));
    assertThat(svg.select("g.axes text.middle").eachText())
        .containsExactly("1", "2", "5", "10", "20", "50", "100", "x", "y, %");
  }

  @Test
  void numbersOnAxesAreTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      Element svg =
          svg(plot(Axis.linear("x"), Axis.linear("y"), Point.of(0, -1), Point.of(1, 1.5)));
      assertThat(svg.select("g.axes text.end").eachText())
          .containsExactly("−1.0", "−0.5", "0.0", "0.5", "1.0", "1.5");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aCurveIsInterruptedWhereItHasNoValue() {
    Element svg =
        svg(
            plot(
                Axis.linear("x"),
                Axis.linear("y"),
                Point.of(0, 1),
                Point.of(1, 2),
                Point.of(2, Double.NaN),
                Point.of(3, Double.POSITIVE_INFINITY),
                Point.of(4, 2)));
    assertThat(svg.selectFirst("path.curve").attr("d")).matches("M[-\\d. ]+L[-\\d. ]+M[-\\d. ]+h0");
    assertThat(svg.select("path.marker")).hasSize(3);
  }

  @Test
  void intervalsAreWhiskersOfFewPointsAndBandsOfMany() {
    Point wide = new Point(1, 0.5, 0.25, 0.75);
    Element few = svg(plot(Axis.linear("x").between(0, 2), Axis.share("y"), wide));
    assertThat(few.selectFirst("line.whisker").attr("y1")).isEqualTo("183");
    assertThat(few.selectFirst("line.whisker").attr("y2")).isEqualTo("69");
    Point[] many =
        IntStream.range(0, 100).mapToObj(i -> new Point(i, 0.5, 0.4, 0.6)).toArray(Point[]::new);
    Element dense = svg(plot(Axis.linear("x"), Axis.share("y"), many));
    assertThat(dense.select("path.band")).hasSize(1);
    assertThat(dense.select("path.marker, line.whisker")).isEmpty();
    assertThat(dense.selectFirst("path.curve").className()).isEqualTo("curve d0");
  }

  @Test
  void whatLiesOutsideGivenEndsGetsNoMarker() {
    Element svg =
        svg(
            plot(
                Axis.linear("x").between(0, 1),
                Axis.share("y"),
                Point.of(0.5, 0.5),
                Point.of(0.6, 1.5),
                Point.of(2, 0.5)));
    assertThat(svg.select("path.marker")).hasSize(1);
    assertThat(svg.select("svg > svg path.curve")).hasSize(1);
  }

  @Test
  void aLongCurveIsThinnedButKeepsItsPeaks() {
    Point[] points =
        IntStream.range(0, 100_000)
            .mapToObj(i -> Point.of(i, i == 54_321 ? 9 : i % 2))
            .toArray(Point[]::new);
    Element svg = svg(plot(Axis.linear("x"), Axis.linear("y").between(0, 10), points));
    List<double[]> at = pairs(svg.selectFirst("path.curve").attr("d"));
    assertThat(at).hasSizeBetween(1000, 3300);
    assertThat(at).anyMatch(point -> Math.abs(point[1] - (240 - 228 * 0.9)) < 0.01);
    assertThat(at.get(at.size() - 1)[0]).isCloseTo(400, within(0.01));
  }

  @Test
  void aPlotSaysWhatItShowsInWords() {
    Element svg =
        svg(plot(Axis.linear("eps"), Axis.share("acc"), Point.of(0, 0.9), Point.of(8, 0.1)));
    assertThat(svg.selectFirst("desc").text())
        .isEqualTo("acc against eps. one: 90.0% at 0 to 10.0% at 8.");
    LinePlot empty = new LinePlot("C", Axis.linear("x"), Axis.linear("y"), List.of(), true);
    assertThat(svg(empty).select("line.diagonal")).hasSize(1);
  }

  @Test
  void aHistogramIsDrawnAsSharesOfEachTotal() {
    Element svg =
        svg(
            new HistogramPlot(
                "C",
                "confidence",
                List.of(0.0, 0.5, 1.0),
                List.of(
                    new HistogramPlot.Counts("small", List.of(1L, 3L)),
                    new HistogramPlot.Counts("large", List.of(1000L, 3000L)),
                    new HistogramPlot.Counts("none", List.of(0L, 0L)))));
    List<String> outlines = svg.select("path.curve").eachAttr("d");
    assertThat(outlines.get(0)).isEqualTo(outlines.get(1));
    assertThat(outlines.get(0)).isEqualTo("M49.2 240V168.75H224.6V26.25H400V240");
    assertThat(outlines.get(2)).isEqualTo("M49.2 240V240H224.6V240H400V240");
    assertThat(svg.select("g.axes text.end").eachText())
        .containsExactly("0", "10", "20", "30", "40", "50", "60", "70", "80");
    assertThat(svg.selectFirst("desc").text()).contains("small: most, 75.0%, from 0.5 to 1.");
  }
}
