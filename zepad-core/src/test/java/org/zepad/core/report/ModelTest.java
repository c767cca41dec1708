package org.zepad.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static void refused(String reason, ThrowingCallable code) {
    assertThatThrownBy(code)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void whatCannotBeShownIsRefused() {
    Section section = new Section("a", "A", "", List.of());
    refused("two sections", () -> new Document("", "", List.of(section, section)));
    refused("'A b'", () -> new Section("A b", "", "", List.of()));
    refused("without columns", () -> new DataTable("c", List.of(), List.of()));
    List<Column> columns = List.of(Column.text("a"), Column.rate("b"));
    refused(
        "1 cells", () -> new DataTable("c", columns, List.of(DataTable.Row.of(Cell.text("x")))));
    refused(
        "'b' of kind RATE",
        () ->
            new DataTable("c", columns, List.of(DataTable.Row.of(Cell.text("x"), Cell.number(1)))));
    refused("[0, 1]", () -> Cell.share(63.2, 0, 1));
    refused("hits", () -> Cell.share(0.5, 0, 1, 2, 1));
    refused("decimals", () -> Column.number("a", 10));
  }

  @Test
  void plotsThatCannotBeDrawnAreRefused() {
    refused("from 1.0 to 1.0", () -> Axis.linear("x").between(1, 1));
    refused("begin at 0.0", () -> Axis.log("x").between(0, 1));
    refused("x = NaN", () -> LinePlot.Point.of(Double.NaN, 0));
    refused(
        "logarithmic axis eps",
        () ->
            new LinePlot(
                "",
                Axis.log("eps"),
                Axis.share("RA"),
                List.of(new LinePlot.Series("s", List.of(LinePlot.Point.of(0, 1)))),
                false));
    refused("needs a bin", () -> new HistogramPlot("", "x", List.of(0.0), List.of()));
    refused("edges", () -> new HistogramPlot("", "x", List.of(0.0, 0.0), List.of()));
    refused(
        "2 bins of 1",
        () ->
            new HistogramPlot(
                "",
                "x",
                List.of(0.0, 1.0),
                List.of(new HistogramPlot.Counts("s", List.of(1L, 1L)))));
    refused("negative", () -> new HistogramPlot.Counts("s", List.of(-1L)));
    refused(
        "no PNG",
        () -> new Picture("GIF89a and so on and so on and so on".getBytes(), "", List.of()));
  }

  private static Cell.Mark mark(DataTable table, int row, int column) {
    return table.rows().get(row).cells().get(column).mark();
  }

  @Test
  void theBestOfAColumnIsTheHighestOrLowestThatCompetes() {
    DataTable table =
        new DataTable(
                "",
                List.of(
                    Column.rate("RA").highestIsBest(),
                    Column.rate("ASR").lowestIsBest(),
                    Column.number("cost", 0),
                    Column.rate("same").highestIsBest()),
                List.of(
                    row(0.9, 0.1).marked(),
                    row(0.5, 0.4).plain(),
                    row(0.7, 0.3).plain(),
                    row(0.7, Double.NaN).plain()))
            .withBestMarked();
    assertThat(IntStream.range(0, 4).mapToObj(r -> mark(table, r, 0)))
        .containsExactly(Cell.Mark.MUTED, Cell.Mark.PLAIN, Cell.Mark.BEST, Cell.Mark.BEST);
    assertThat(IntStream.range(0, 4).mapToObj(r -> mark(table, r, 1)))
        .containsExactly(Cell.Mark.MUTED, Cell.Mark.PLAIN, Cell.Mark.BEST, Cell.Mark.PLAIN);
    assertThat(IntStream.range(0, 4).mapToObj(r -> mark(table, r, 2)))
        .containsOnly(Cell.Mark.PLAIN);
    assertThat(IntStream.range(0, 4).mapToObj(r -> mark(table, r, 3)))
        .containsOnly(Cell.Mark.PLAIN);
  }

  private record TwoShares(double first, double second) {
    DataTable.Row plain() {
      return cells(Cell.Mark.PLAIN);
    }

    DataTable.Row marked() {
      return cells(Cell.Mark.MUTED);
    }

    private DataTable.Row cells(Cell.Mark mark) {
      return DataTable.Row.of(
          Cell.share(first, Double.NaN, Double.NaN).marked(mark),
          Cell.share(second, Double.NaN, Double.NaN).marked(mark),
          Cell.number(first),
          Cell.share(0.5, 0, 1));
    }
  }

  private static TwoShares row(double first, double second) {
    return new TwoShares(first, second);
  }
}
