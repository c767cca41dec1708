package org.zepad.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.Images;
import org.zepad.core.data.ContactSheet;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows pictures of a data set. */
@Command(
    name = "show",
    description =
        "Draw a contact sheet of a data set, a row of pictures for each class, and count its"
            + " images.",
    sortOptions = false)
final class DatasetsShowCommand implements Runnable {
  /** The official part to show. */
  enum Part {
    TRAIN,
    TEST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final GlobalOptions options;

  @Parameters(paramLabel = "NAME", description = "Name of the data set.")
  private String name = "";

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The sheet, a PNG file (default: NAME.png).")
  private Path out = Path.of("");

  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "train",
      description = "train or test (default: train).")
  private Part part = Part.TRAIN;

  @Option(
      names = "--per-class",
      paramLabel = "N",
      defaultValue = "10",
      description = "Pictures in each row (default: 10).")
  private int perClass = 10;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "64",
      description = "Side of each picture in pixels (default: 64).")
  private int size = 64;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "An option of the data set. May be given several times.")
  private Map<String, String> set = new LinkedHashMap<>();

  DatasetsShowCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    Ranges.check("--per-class", perClass, 1, 1000);
    Ranges.check("--size", size, 8, 512);
    PluginRegistry registry = options.registry();
    try (Dataset dataset = registry.openDataset(name, set, options.data())) {
      Images images = part == Part.TRAIN ? dataset.train() : dataset.test();
      Long seed = options.seed();
      ContactSheet sheet =
          new ContactSheet(dataset.classes(), images, perClass, size, seed == null ? 1 : seed);
      Path file = out.toString().isEmpty() ? Path.of(name + ".png") : out;
      byte[] png = sheet.png();
      AtomicFiles.write(file, stream -> stream.write(png));
      print(dataset.classes(), images, sheet, file);
    }
  }

  private void print(List<String> classes, Images images, ContactSheet sheet, Path file) {
    int[] counts = new int[classes.size()];
    for (int i = 0; i < images.size(); i++) {
      counts[images.label(i)]++;
    }
    int damaged = sheet.damaged();
    if (options.json()) {
      Map<String, Object> byClass = new LinkedHashMap<>();
      for (int c = 0; c < counts.length; c++) {
        byClass.put(classes.get(c), counts[c]);
      }
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", name);
      map.put("part", part.toString());
      map.put("images", images.size());
      map.put("classes", byClass);
      map.put("sheet", file.toString());
      map.put("damagedOnSheet", damaged);
      options.out().println(Json.text(map));
      return;
    }
    Table table = new Table();
    for (int c = 0; c < counts.length; c++) {
      table.row(List.of(Integer.toString(c), classes.get(c), Integer.toString(counts[c])));
    }
    options.out().print(table);
    options.out().printf("%d %s images in %d classes%n", images.size(), part, classes.size());
    if (damaged > 0) {
      options.out().printf("%d pictures of the sheet cannot be read%n", damaged);
    }
    if (!sheet.named()) {
      options.out().println("This machine has no fonts: the rows are in the order above.");
    }
    options.out().println("Written to " + file);
  }
}
