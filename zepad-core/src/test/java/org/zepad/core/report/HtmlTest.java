package org.zepad.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class HtmlTest {
  private static final String HTML = Html.render(SampleDocument.make());
  private static final org.jsoup.nodes.Document PAGE = Jsoup.parse(HTML);

  private static org.jsoup.nodes.Document page(org.zepad.core.report.Element... elements) {
    Section section = new Section("only", "Only", "", List.of(elements));
    return Jsoup.parse(Html.render(new Document("Title", "", List.of(section))));
  }

  @Test
  void theSameDocumentGivesTheSamePage() {
    assertThat(Html.render(SampleDocument.make())).isEqualTo(HTML);
  }

  @Test
  void aPageSaysItsLanguageItsTitleAndHowWideItIs() {
    assertThat(PAGE.select("html").attr("lang")).isEqualTo("en");
    assertThat(PAGE.title()).isEqualTo("Robustness of resnet18-simclr on STL-10");
    assertThat(PAGE.select("meta[charset=utf-8]")).hasSize(1);
    assertThat(PAGE.select("meta[name=viewport]")).hasSize(1);
    assertThat(PAGE.select("main > section")).hasSize(8);
    assertThat(PAGE.select("h1")).hasSize(1);
  }

  @Test
  void aPageLoadsNothingRunsNothingAndForbidsBoth() {
    assertThat(PAGE.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .contains("default-src 'none'")
        .doesNotContain("script");
    assertThat(PAGE.select("script, iframe, object, embed, [onload], [onclick]")).isEmpty();
    assertThat(PAGE.select("[src]").eachAttr("src")).hasSize(24).allMatch(HtmlTest::isPng);
    assertThat(PAGE.select("[href]").eachAttr("href"))
        .allMatch(href -> href.startsWith("#") || href.equals("data:,"));
    assertThat(PAGE.select("style").html()).doesNotContain("url(", "@import", "http");
  }

  private static boolean isPng(String address) {
    return address.startsWith("data:image/png;base64,iVBORw0KGgo");
  }

  @Test
  void idsAreUniqueAndEveryReferenceLeadsToOne() {
    Set<String> ids = new HashSet<>();
    PAGE.select("[id]").forEach(element -> assertThat(ids.add(element.id())).isTrue());
    for (String href : PAGE.select("a[href]").eachAttr("href")) {
      assertThat(ids).contains(href.substring(1));
    }
    for (String label : PAGE.select("[aria-labelledby]").eachAttr("aria-labelledby")) {
      assertThat(ids).contains(label.split(" "));
    }
  }

  @Test
  void textsOfStrangersStayTexts() {
    String hostile = SampleDocument.HOSTILE;
    Section section =
        new Section(
            "hostile",
            hostile,
            hostile,
            List.of(
                Notice.warn(hostile, hostile),
                new Code(hostile, hostile),
                new Facts(hostile, List.of(new Facts.Fact(hostile, hostile)), true),
                new DataTable(
                    hostile,
                    List.of(Column.text(hostile).in(hostile)),
                    List.of(new DataTable.Row(hostile, List.of(Cell.text(hostile))))),
                new LinePlot(
                    hostile,
                    Axis.linear(hostile),
                    Axis.linear(hostile),
                    List.of(new LinePlot.Series(hostile, List.of(LinePlot.Point.of(1, 1)))),
                    false),
                new HistogramPlot(
                    hostile,
                    hostile,
                    List.of(0.0, 1.0),
                    List.of(new HistogramPlot.Counts(hostile, List.of(1L)))),
                new PictureGrid(
                    hostile,
                    List.of(
                        new PictureGrid.Tile(
                            hostile,
                            List.of(
                                new Picture(
                                    SampleDocument.picture(), hostile, List.of(hostile))))))));
    String html = Html.render(new Document(hostile, hostile, List.of(section, section("next"))));
    org.jsoup.nodes.Document page = Jsoup.parse(html);
    assertThat(page.select("script")).isEmpty();
    assertThat(html).doesNotContain("<script", "alert('", "\u202e", "\u0000");
    String shown = hostile.replace('\u202e', '\ufffd').replace('\u0000', '\ufffd');
    assertThat(page.title()).isEqualTo(shown);
    assertThat(page.select("img").attr("alt")).isEqualTo(shown);
    assertThat(page.select("tbody th[scope=row] div").first().wholeText()).isEqualTo(shown);
    assertThat(page.select("pre code").first().wholeText()).isEqualTo(shown);
  }

  private static Section section(String id) {
    return new Section(id, id, "", List.of());
  }

  @Test
  void aTableHasAHeadingForEachGroupOfColumnsAndRows() {
    Element table = PAGE.selectFirst("#table-1 table");
    assertThat(table.select("thead tr")).hasSize(2);
    assertThat(table.select("thead th[scope=colgroup]").eachText())
        .containsExactly(
            "uap", "advencoder", "ssp", "pgd-universal", "adaptive-fusion", "patch (24 px)");
    assertThat(table.select("thead th[scope=colgroup]").eachAttr("colspan")).containsOnly("3");
    assertThat(table.select("thead th[scope=col]")).hasSize(19);
    assertThat(table.select("th[scope=rowgroup]").eachText())
        .containsExactly("Victim", "Baselines", "ZePAD");
    assertThat(table.select("tbody")).hasSize(3);
    assertThat(table.select("tbody th[scope=row]")).hasSize(8);
    assertThat(table.select("td")).hasSize(8 * 18);
  }

  @Test
  void aShareIsShownInPercentWithItsIntervalAndItsCounts() {
    Element row =
        page(new DataTable(
                "",
                List.of(Column.text("a"), Column.rate("b"), Column.rate("c"), Column.rate("d")),
                List.of(
                    DataTable.Row.of(
                        Cell.text("x"),
                        Cell.share(0.6321, 0.6, 0.6649, 632, 1000).marked(Cell.Mark.BEST),
                        Cell.share(Double.NaN, 0, 1, 0, 0),
                        Cell.share(0.005, Double.NaN, Double.NaN).marked(Cell.Mark.MUTED)))))
            .selectFirst("tbody tr");
    assertThat(row.select("td").get(0).html())
        .isEqualTo(
            "<strong>63.2</strong><small title=\"632 of 1000; 95% interval\">60.0–66.5</small>");
    assertThat(row.select("td").get(1).html()).isEqualTo("–");
    assertThat(row.select("td").get(2).html()).isEqualTo("0.5");
    assertThat(row.select("td").get(2).hasClass("muted")).isTrue();
  }

  @Test
  void plotsInARowShareABoxAndHaveTheirNumbersBelow() {
    assertThat(PAGE.select("#confidence .plots")).hasSize(1);
    assertThat(PAGE.select("#confidence .plots > figure")).hasSize(3);
    assertThat(PAGE.select("#confidence .plots details tbody tr")).hasSize(3 * 25);
    assertThat(PAGE.select("figure.plot > svg[role=img]")).hasSize(8);
    assertThat(PAGE.select("figure.plot > svg > title")).hasSize(8);
    assertThat(PAGE.select("#detection details summary").text())
        .isEqualTo("Numbers, 50 points of a curve of up to 1001");
    assertThat(PAGE.select("#detection details tbody tr")).hasSize(3 * 50);
  }

  @Test
  void smallPicturesAreEnlargedByAWholeNumber() {
    Element small = PAGE.selectFirst("img[alt='tench, benign']");
    assertThat(small.className()).isEqualTo("sharp");
    assertThat(small.attr("width")).isEqualTo("128");
    assertThat(small.attr("height")).isEqualTo("128");
  }

  @Test
  void factsOpenAsAskedAndACommandKeepsItsLines() {
    assertThat(PAGE.select("details.facts").eachAttr("open")).hasSize(1);
    assertThat(PAGE.select("details.facts dt")).hasSize(7);
    assertThat(PAGE.selectFirst("pre code").wholeText()).contains(" \\\n    --set ");
    assertThat(PAGE.select(".notice").eachAttr("class"))
        .containsExactly("notice good", "notice warn", "notice plain");
  }

  @Test
  void anEmptyDocumentIsAPage() {
    org.jsoup.nodes.Document page = Jsoup.parse(Html.render(new Document("T", "", List.of())));
    assertThat(page.select("nav, section, .subtitle")).isEmpty();
    assertThat(page.selectFirst("h1").text()).isEqualTo("T");
    assertThat(page(new DataTable("", List.of(Column.text("a")), List.of())).select("th"))
        .hasSize(1);
  }
}
