package org.zepad.datasets.manifest;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.datasets.files.ClassFolders;
import org.zepad.datasets.files.Opened;
import org.zepad.datasets.files.PictureImages;
import org.zepad.datasets.files.PictureImages.Picture;
import org.zepad.datasets.files.Records;

/** Reads one table; its mistakes are collected and told together, each with its line. */
final class ManifestReader {
  private static final List<String> COLUMNS = List.of("path", "label", "split");
  private static final long MAX_BYTES = 256 << 20;
  private static final int SHOWN = 20;

  private final Path table;
  private final boolean allowOutside;
  private final List<String> problems = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<Path, Integer> seen = new HashMap<>();

  private record Row(int line, Path file, String label, boolean test) {}

  ManifestReader(Path table, boolean allowOutside) {
    this.table = table;
    this.allowOutside = allowOutside;
  }

  Dataset read() {
    List<String> lines = lines();
    int[] columns = columns(lines.get(0));
    Path folder = realFolder();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          rows.add(row(i + 1, lines.get(i), columns, folder));
        } catch (IllegalArgumentException e) {
          problems.add("line " + (i + 1) + " " + e.getMessage());
        }
      }
    }
    tell();
    List<String> classes = classes();
    checkTestLabels();
    tell();
    if (classes.size() < 2) {
      throw ZepadException.input(
          table + " has only the label " + String.join("", classes) + "; at least 2 are needed");
    }
    Dataset dataset = new Opened(classes, part(classes, false), part(classes, true));
    if (dataset.train().size() == 0 || dataset.test().size() == 0) {
      throw ZepadException.input(
          table
              + " names "
              + dataset.train().size()
              + " training and "
              + dataset.test().size()
              + " test pictures; there must be some of both. Give some rows the other split");
    }
    return dataset;
  }

  private List<String> lines() {
    try {
      if (!Files.isRegularFile(table)) {
        throw ZepadException.input(
            table
                + " is no file. Write a CSV file with the header path,label,split there, or name"
                + " its place with the option file");
      }
      if (Files.size(table) > MAX_BYTES) {
        throw ZepadException.input(
            table + " has " + Files.size(table) + " bytes; a manifest may have " + MAX_BYTES);
      }
      List<String> lines = new ArrayList<>(Files.readAllLines(table));
      if (lines.isEmpty()) {
        throw ZepadException.input(table + " is empty; line 1 must be path,label,split");
      }
      // Spreadsheets mark UTF-8 with an invisible letter.
      lines.set(0, lines.get(0).replaceFirst("^\ufeff", ""));
      return lines;
    } catch (CharacterCodingException e) {
      throw ZepadException.input(table + " is no UTF-8 text. Save it as CSV in UTF-8", e);
    } catch (IOException e) {
      throw Records.unreadable(table, e);
    }
  }

  private int[] columns(String header) {
    try {
      List<String> names = CsvLine.cells(header);
      if (names.containsAll(COLUMNS)) {
        return COLUMNS.stream().mapToInt(names::indexOf).toArray();
      }
    } catch (IllegalArgumentException e) {
      // Told below, as every other header that is not one.
    }
    throw ZepadException.input(
        table
            + " line 1 must be a header with the columns path, label and split, parted by commas; it"
            + " is: "
            + header);
  }

  private Path realFolder() {
    try {
      return Objects.requireNonNull(table.toRealPath().getParent(), "a file lies in a folder");
    } catch (IOException e) {
      throw Records.unreadable(table, e);
    }
  }

  private Row row(int number, String line, int[] columns, Path folder) {
    List<String> cells = CsvLine.cells(line);
    int needed = Math.max(columns[0], Math.max(columns[1], columns[2])) + 1;
    if (cells.size() < needed) {
      throw new IllegalArgumentException(
          "has " + cells.size() + " cells, expected at least " + needed);
    }
    String label = cells.get(columns[1]);
    String split = cells.get(columns[2]);
    if (label.isEmpty()) {
      throw new IllegalArgumentException("has no label");
    }
    if (!split.equals("train") && !split.equals("test")) {
      throw new IllegalArgumentException("has the split '" + split + "', expected train or test");
    }
    Path file = file(cells.get(columns[0]), folder);
    Integer before = seen.putIfAbsent(file, number);
    if (before != null) {
      throw new IllegalArgumentException(
          "names " + cells.get(columns[0]) + " again, which line " + before + " has");
    }
    return new Row(number, file, label, split.equals("test"));
  }

  // Links are followed before it is judged where the path leads.
  private Path file(String cell, Path folder) {
    Path file;
    try {
      file = folder.resolve(cell).toRealPath();
    } catch (InvalidPathException | IOException e) {
      throw new IllegalArgumentException(
          "names '" + cell + "', which is not there: it was looked for in " + folder, e);
    }
    if (!allowOutside && !file.startsWith(folder)) {
      throw new IllegalArgumentException(
          "names '"
              + cell
              + "', which lies outside of "
              + folder
              + "; move it there, or set the option allow-outside");
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("names '" + cell + "', which is no file");
    }
    return file;
  }

  private List<String> classes() {
    TreeSet<String> names = new TreeSet<>(ClassFolders.ORDER);
    @Nullable Row number = null;
    @Nullable Row name = null;
    for (Row row : rows) {
      names.add(row.label());
      if (row.label().matches("[0-9]+")) {
        number = number == null ? row : number;
      } else {
        name = name == null ? row : name;
      }
    }
    if (number != null && name != null) {
      problems.add(
          "line "
              + number.line()
              + " has the number "
              + number.label()
              + " as its label, but line "
              + name.line()
              + " the name '"
              + name.label()
              + "'; expected all numbers or all names");
    }
    if (number == null || name != null) {
      return List.copyOf(names);
    }
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      numbers.add(Integer.toString(i));
    }
    Set<String> expected = Set.copyOf(numbers);
    rows.stream()
        .filter(row -> !expected.contains(row.label()))
        .findFirst()
        .ifPresent(
            row ->
                problems.add(
                    "line "
                        + row.line()
                        + " has the label "
                        + row.label()
                        + ", but there are "
                        + names.size()
                        + " different labels; numbers must go from 0 to "
                        + (names.size() - 1)
                        + " without a gap"));
    return numbers;
  }

  // A label that nothing is trained on is most likely misspelt.
  private void checkTestLabels() {
    Set<String> trained = new HashSet<>();
    rows.stream().filter(row -> !row.test()).forEach(row -> trained.add(row.label()));
    if (trained.isEmpty()) {
      return;
    }
    for (Row row : rows) {
      if (!trained.contains(row.label())) {
        problems.add(
            "line "
                + row.line()
                + " has the label '"
                + row.label()
                + "', which no training picture has");
      }
    }
  }

  private PictureImages part(List<String> classes, boolean test) {
    Map<String, Integer> labels = new HashMap<>();
    classes.forEach(name -> labels.put(name, labels.size()));
    return new PictureImages(
        rows.stream()
            .filter(row -> row.test() == test)
            .map(row -> new Picture(row.file(), Objects.requireNonNull(labels.get(row.label()))))
            .toList());
  }

  private void tell() {
    if (problems.isEmpty()) {
      return;
    }
    StringBuilder message = new StringBuilder(table.toString()).append(" is wrong:");
    problems.stream().limit(SHOWN).forEach(p -> message.append("\n  ").append(p));
    if (problems.size() > SHOWN) {
      message.append("\n  and ").append(problems.size() - SHOWN).append(" lines more");
    }
    throw ZepadException.input(message.toString());
  }
}
