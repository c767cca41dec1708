package org.zepad.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zepad.api.ZepadException;
import org.zepad.core.data.PictureFiles;
import org.zepad.core.pipeline.PredictStep;
import org.zepad.core.pipeline.Prediction;
import org.zepad.core.pipeline.PredictionConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Classifies pictures. */
@Command(
    name = "predict",
    description =
        "Classify pictures, and flag those that look like adversarial examples. An exported model,"
            + " or a bundle that holds one, is run by ONNX Runtime, any other bundle by the training"
            + " engine. A picture that cannot be read is told and skipped; the exit code is then 3.",
    sortOptions = false)
final class PredictCommand implements Runnable {
  private static final String STDIN = "-";

  private final GlobalOptions options;

  @Option(
      names = {"--bundle", "--model"},
      paramLabel = "DIR|FILE",
      required = true,
      description = "An adapted bundle, or a file that 'zepad export' wrote.")
  private Path model = Path.of("");

  @Option(
      names = "--task",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The task, if there are several.")
  private String task = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "table, jsonl (an object a line) or csv (default: table). With --json one JSON list at"
              + " the end.")
  private PredictionPrinter.Format format = PredictionPrinter.Format.TABLE;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "1",
      description = "How many classes are told, the likeliest first (default: 1).")
  private int top = 1;

  @Mixin private RuntimeThreads threads = new RuntimeThreads();

  @Parameters(
      paramLabel = "FILE|DIR|-",
      arity = "1..*",
      description =
          "Pictures of any size, folders of them, or - for file names from the standard input, one"
              + " a line.")
  private List<String> pictures = new ArrayList<>();

  PredictCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    Ranges.check("--top", top, 1, 1 << 20);
    List<Path> files = PictureFiles.within(paths());
    if (files.isEmpty()) {
      throw ZepadException.input("There is no picture in " + String.join(", ", pictures) + ".");
    }
    PredictionPrinter printer =
        options.json()
            ? new PredictionJson(options.out(), top, false)
            : format.printer(options.out(), top);
    Counter counter = new Counter(printer);
    new PredictStep(options::registry, () -> options.settings(seed()), options.progress())
        .run(model, task, files, options.runtime(threads.count()), counter);
    printer.finish();
    if (counter.unreadable > 0) {
      throw ZepadException.input(
          counter.unreadable + " of " + files.size() + " pictures could not be read.");
    }
  }

  private long seed() {
    Long seed = options.seed();
    return seed == null ? 1 : seed;
  }

  private List<Path> paths() {
    List<Path> paths = new ArrayList<>();
    for (String picture : pictures) {
      List<String> names = picture.equals(STDIN) ? standardInput() : List.of(picture);
      for (String name : names) {
        try {
          paths.add(Path.of(name));
        } catch (InvalidPathException e) {
          throw ZepadException.usage("'" + name + "' is no file name: " + e.getReason());
        }
      }
    }
    return paths;
  }

  private static List<String> standardInput() {
    try {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      return lines.lines().filter(line -> !line.isBlank()).toList();
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw ZepadException.input("the standard input cannot be read: " + cause, e);
    }
  }

  /** Passes predictions on and counts what could not be read. */
  private static final class Counter implements PredictionConsumer {
    private final PredictionPrinter printer;
    private long unreadable;

    Counter(PredictionPrinter printer) {
      this.printer = printer;
    }

    @Override
    public void start(List<String> classes, List<String> branches) {
      printer.start(classes, branches);
    }

    @Override
    public void accept(Prediction prediction) {
      unreadable += prediction.problem() == null ? 0 : 1;
      printer.accept(prediction);
    }
  }
}
