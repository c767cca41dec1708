package org.zepad.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void aRateHasFiveColumnsAndNumbersAreWrittenInFull() {
    DataTable table =
        new DataTable(
            "",
            List.of(
                Column.text("defence"), Column.rate("RA").in("uap"), Column.number("seconds", 1)),
            List.of(
                DataTable.Row.of(
                    Cell.text("none"),
                    Cell.share(1 / 3.0, 0.25, 0.5, 1, 3),
                    Cell.number(0.123456789012345)),
                DataTable.Row.of(
                    Cell.text("mean"), Cell.share(0.5, 0.25, Double.NaN), Cell.number(64)),
                DataTable.Row.of(Cell.text("not run"), Cell.empty(), Cell.number(Double.NaN))));
    assertThat(Csv.render(table))
        .isEqualTo(
            "defence,uap RA,uap RA low,uap RA high,uap RA hits,uap RA total,seconds\r\n"
                + "none,0.3333333333333333,0.25,0.5,1,3,0.123456789012345\r\n"
                + "mean,0.5,0.25,,,,64\r\n"
                + "not run,,,,,,\r\n");
  }

  @Test
  void commasQuotesAndLineBreaksAreQuoted() {
    assertThat(one("a,b")).isEqualTo("\"a,b\"");
    assertThat(one("say \"a\"")).isEqualTo("\"say \"\"a\"\"\"");
    assertThat(one("a\nb")).isEqualTo("\"a\nb\"");
    assertThat(one("plain; text")).isEqualTo("plain; text");
  }

  @Test
  void textsThatSpreadsheetsWouldRunAreDisarmed() {
    for (String start : List.of("=", "+", "-", "@", "\t")) {
      assertThat(one(start + "cmd")).isEqualTo("'" + start + "cmd");
    }
    assertThat(one("\r=1")).isEqualTo("\"'\r=1\"");
    assertThat(one("=1,2")).isEqualTo("\"'=1,2\"");
    DataTable negative =
        new DataTable(
            "",
            List.of(Column.number("=x", 0)),
            List.of(DataTable.Row.of(Cell.number(-1.5)), DataTable.Row.of(Cell.text("=1"))));
    assertThat(Csv.render(negative)).isEqualTo("'=x\r\n-1.5\r\n'=1\r\n");
  }

  @Test
  void groupsOfRowsAreAColumn() {
    DataTable table =
        new DataTable(
            "",
            List.of(Column.text("a")),
            List.of(
                DataTable.Row.of(Cell.text("x")),
                new DataTable.Row("@g", List.of(Cell.text("y")))));
    assertThat(Csv.render(table)).isEqualTo("group,a\r\n,x\r\n'@g,y\r\n");
  }

  @Test
  void aPlotsNumbersAreATable() {
    LinePlot plot =
        new LinePlot(
            "",
            Axis.linear("eps"),
            Axis.share("RA"),
            List.of(
                new LinePlot.Series(
                    "none",
                    List.of(new LinePlot.Point(0, 0.9, 0.8, 1), LinePlot.Point.of(8, 0.1)))),
            false);
    assertThat(Csv.render(plot.table()))
        .isEqualTo("curve,eps,RA,low,high\r\nnone,0,0.9,0.8,1\r\nnone,8,0.1,,\r\n");
  }

  private static String one(String text) {
    DataTable table =
        new DataTable("", List.of(Column.text("a")), List.of(DataTable.Row.of(Cell.text(text))));
    String csv = Csv.render(table);
    return csv.substring("a\r\n".length(), csv.length() - 2);
  }
}
