package org.zepad.core.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zepad.core.report.Cell;
import org.zepad.core.report.Column;
import org.zepad.core.report.DataTable;

/** Which model beats which. */
final class DuelTables {
  private DuelTables() {}

  /** A table for each victim, task and kind of images: rows against columns. */
  static List<DataTable> of(List<Duel> duels) {
    Map<String, List<Duel>> places = new LinkedHashMap<>();
    for (Duel duel : duels) {
      String place =
          "%s, victim %s: %s"
              .formatted(
                  duel.task(),
                  duel.victim(),
                  duel.on().equals(Duel.BENIGN)
                      ? "benign accuracy"
                      : "robust accuracy in the worst case of the threat model " + duel.on());
      places.computeIfAbsent(place, p -> new ArrayList<>()).add(duel);
    }
    List<DataTable> tables = new ArrayList<>();
    places.forEach((place, ofPlace) -> tables.add(table(place, ofPlace)));
    return tables;
  }

  private static DataTable table(String place, List<Duel> duels) {
    Set<String> models = new LinkedHashSet<>();
    Map<List<String>, String> cells = new LinkedHashMap<>();
    for (Duel duel : duels) {
      models.add(duel.a());
      models.add(duel.b());
      cells.put(List.of(duel.a(), duel.b()), text(duel.aWins(), duel.bWins()));
      cells.put(List.of(duel.b(), duel.a()), text(duel.bWins(), duel.aWins()));
    }
    List<Column> columns = new ArrayList<>(List.of(Column.text("model")));
    models.forEach(model -> columns.add(Column.text(model)));
    List<DataTable.Row> rows = new ArrayList<>();
    for (String row : models) {
      List<Cell> line = new ArrayList<>(List.of(Cell.text(row)));
      for (String column : models) {
        line.add(Cell.text(cells.getOrDefault(List.of(row, column), "")));
      }
      rows.add(new DataTable.Row("", line));
    }
    return new DataTable(
        place
            + ". In how many of "
            + duels.get(0).seeds()
            + " seeds the row is better (+) or worse (−) than the column by more than chance"
            + " (McNemar's exact test on the same images, p < 0.05); = where it is neither",
        columns,
        rows);
  }

  private static String text(int wins, int losses) {
    if (wins == 0 && losses == 0) {
      return "=";
    }
    return (wins > 0 ? "+" + wins : "")
        + (wins > 0 && losses > 0 ? " " : "")
        + (losses > 0 ? "−" + losses : "");
  }
}
