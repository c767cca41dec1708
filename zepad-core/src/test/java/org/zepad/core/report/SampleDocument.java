package org.zepad.core.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.metrics.Rate;

/** A document with every kind of element, as large as a real report; its numbers are made up. */
final class SampleDocument {
  static final String HOSTILE = "<script>alert('x')</script>&\"\u202e\u0000";

  private static final List<String> DEFENCES =
      List.of(
          "undefended",
          "adversarial-fine-tuning",
          "genetic-regularization",
          "zepad, one branch",
          "zepad, entropy fusion",
          "zepad, equal fusion",
          "zepad, robust federal decision",
          "zepad of two encoders with topology loss and a long name");
  private static final List<String> ATTACKS =
      List.of("uap", "advencoder", "ssp", "pgd-universal", "adaptive-fusion", "patch (24 px)");
  private static final List<String> CLASSES =
      List.of("tench", "English springer", "cassette player", "chain saw", HOSTILE);
  private static final int IMAGES = 1000;

  private final Random random = new Random(7);

  private SampleDocument() {}

  static Document make() {
    return new SampleDocument().document();
  }

  /** A PNG file. */
  static byte[] picture() {
    return Picture.of(scene(32, 0), "a scene").png();
  }

  private Document document() {
    return new Document(
        "Robustness of resnet18-simclr on STL-10",
        "Downstream-agnostic attacks, eps = 8/255, 1000 test images",
        List.of(
            new Section(
                "verdict",
                "Verdict",
                "The worst case is taken over all attacks, image by image.\n\nIntervals are Wilson's"
                    + " at 95%.",
                List.of(
                    Notice.good(
                        "Robust.",
                        "zepad with robust federal decision keeps 71.4% (68.5–74.1%) in the worst"
                            + " case of six attacks, white-box and adaptive."),
                    Notice.warn(
                        "masked-gradients.",
                        "One-step attacks beat iterative ones on adversarial-fine-tuning; its robust"
                            + " accuracy is not to be believed."),
                    Notice.plain("", "Detection was calibrated on 500 benign images."))),
            new Section(
                "accuracy",
                "Accuracy under attack",
                "BA is accuracy on benign images, RA on attacked ones, ASR the share of changed"
                    + " predictions; all in percent.",
                List.of(results(), costs())),
            new Section("sweep", "Perturbation size", "", List.of(sweep(), logSweep())),
            new Section(
                "detection", "Detection", "Scores of benign and attacked images.", List.of(roc())),
            new Section("confidence", "Confidence by branch", "", histograms()),
            new Section("training", "Training", "", List.of(loss(), topology())),
            new Section("pictures", "Pictures", "", List.of(perturbations(), pairs())),
            new Section("provenance", "Provenance", "", provenance())));
  }

  private Cell rate(double share) {
    long hits = Math.round(IMAGES * Math.max(0, Math.min(1, share + 0.01 * random.nextGaussian())));
    Rate rate = new Rate(hits, IMAGES);
    return Cell.share(rate.value(), rate.low(), rate.high(), hits, IMAGES);
  }

  private DataTable results() {
    List<Column> columns = new ArrayList<>(List.of(Column.text("defence")));
    for (String attack : ATTACKS) {
      columns.add(Column.rate("BA").in(attack).highestIsBest());
      columns.add(Column.rate("RA").in(attack).highestIsBest());
      columns.add(Column.rate("ASR").in(attack).lowestIsBest());
    }
    List<DataTable.Row> rows = new ArrayList<>();
    for (int d = 0; d < DEFENCES.size(); d++) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.text(DEFENCES.get(d))));
      for (int a = 0; a < ATTACKS.size(); a++) {
        boolean notRun = d == 2 && a == 4;
        cells.add(rate(0.86 - 0.01 * d));
        double robust = 0.12 + 0.09 * d - 0.02 * a;
        cells.add(notRun ? Cell.share(Double.NaN, 0, 1, 0, 0) : rate(robust));
        cells.add(notRun ? Cell.share(Double.NaN, 0, 1, 0, 0) : rate(0.95 - robust));
      }
      String group = d == 0 ? "Victim" : d < 3 ? "Baselines" : "ZePAD";
      rows.add(new DataTable.Row(group, cells));
    }
    return new DataTable(
            "Accuracy of every defence under every attack, with 95% intervals; the best of a column in"
                + " bold.",
            columns, rows)
        .withBestMarked();
  }

  private static DataTable costs() {
    return new DataTable(
        "What the defences cost.",
        List.of(
            Column.text("defence"),
            Column.number("parameters, 10⁶", 1),
            Column.number("seconds per image", 4),
            Column.text("remark")),
        List.of(
            DataTable.Row.of(
                Cell.text("undefended"), Cell.number(11.2), Cell.number(0.0041), Cell.empty()),
            DataTable.Row.of(
                Cell.text("zepad"),
                Cell.number(22.4),
                Cell.number(0.0093),
                Cell.text("two branches").marked(Cell.Mark.MUTED)),
            DataTable.Row.of(
                Cell.text(HOSTILE), Cell.number(-1), Cell.number(Double.NaN), Cell.text("=1+1"))));
  }

  private LinePlot sweep() {
    double[] sizes = {0, 1, 2, 4, 6, 8, 12, 16};
    List<LinePlot.Series> series = new ArrayList<>();
    for (int d = 0; d < 6; d++) {
      List<LinePlot.Point> points = new ArrayList<>();
      for (double size : sizes) {
        double share = 0.87 * Math.exp(-size * (0.28 - 0.045 * d));
        Rate rate = new Rate(Math.round(share * IMAGES), IMAGES);
        points.add(new LinePlot.Point(size, rate.value(), rate.low(), rate.high()));
      }
      series.add(new LinePlot.Series(DEFENCES.get(d), points));
    }
    return new LinePlot(
        "Worst-case robust accuracy against the size of the perturbation.",
        Axis.linear("eps, 1/255"),
        Axis.share("robust accuracy"),
        series,
        false);
  }

  private static LinePlot logSweep() {
    List<LinePlot.Series> series =
        List.of(
            new LinePlot.Series(
                "uap",
                IntStream.range(0, 7)
                    .mapToObj(i -> LinePlot.Point.of(Math.pow(2, i), 0.2 + 0.1 * Math.sqrt(i)))
                    .toList()),
            new LinePlot.Series(
                "advencoder",
                IntStream.range(0, 7)
                    .mapToObj(i -> LinePlot.Point.of(Math.pow(2, i), 0.3 + 0.09 * i))
                    .toList()));
    return new LinePlot(
        "Attack success against the number of steps.",
        Axis.log("steps"),
        Axis.share("attack success"),
        series,
        false);
  }

  private static List<LinePlot.Point> curve(int points, DoubleUnaryOperator of) {
    return IntStream.rangeClosed(0, points)
        .mapToObj(
            i -> LinePlot.Point.of((double) i / points, of.applyAsDouble((double) i / points)))
        .toList();
  }

  private static LinePlot roc() {
    return new LinePlot(
        "ROC of the detector: how many attacked images are found at which false-positive rate.",
        Axis.share("false-positive rate"),
        Axis.share("true-positive rate"),
        List.of(
            new LinePlot.Series("uap, AUROC 0.91", curve(1000, x -> Math.pow(x, 0.1))),
            new LinePlot.Series("advencoder, AUROC 0.77", curve(1000, x -> Math.pow(x, 0.3))),
            new LinePlot.Series("adaptive-fusion, AUROC 0.56", curve(1000, x -> Math.pow(x, 0.8)))),
        true);
  }

  private List<Element> histograms() {
    List<Element> plots = new ArrayList<>();
    int bins = 25;
    List<Double> edges = IntStream.rangeClosed(0, bins).mapToObj(i -> (double) i / bins).toList();
    for (String branch : List.of("mpae-0", "mpae-1", "bmp (the victim itself)")) {
      double benign = 0.9 - 0.1 * plots.size();
      plots.add(
          new HistogramPlot(
              "Confidence of branch " + branch + ".",
              "confidence",
              edges,
              List.of(
                  new HistogramPlot.Counts("benign", counts(bins, benign)),
                  new HistogramPlot.Counts("attacked by uap", counts(bins, benign - 0.3)))));
    }
    return plots;
  }

  private List<Long> counts(int bins, double middle) {
    long[] counts = new long[bins];
    for (int i = 0; i < IMAGES; i++) {
      double value = Math.max(0, Math.min(0.999, middle + 0.12 * random.nextGaussian()));
      counts[(int) (bins * value)]++;
    }
    return IntStream.range(0, bins).mapToObj(i -> counts[i]).toList();
  }

  private LinePlot loss() {
    List<LinePlot.Series> series = new ArrayList<>();
    for (String part : List.of("training", "validation")) {
      double floor = series.isEmpty() ? 0.2 : 0.35;
      List<LinePlot.Point> points = new ArrayList<>();
      for (int step = 0; step <= 3000; step++) {
        double y = floor + 2.1 * Math.exp(-step / 500.0) + 0.03 * random.nextGaussian();
        points.add(
            step > 1500 && step < 1600
                ? LinePlot.Point.of(step, Double.NaN)
                : new LinePlot.Point(step, y, y - 0.15, y + 0.15));
      }
      series.add(new LinePlot.Series(part, points));
    }
    return new LinePlot(
        "Loss while fine-tuning; values were not finite for a hundred steps.",
        Axis.linear("step"),
        Axis.linear("loss"),
        series,
        false);
  }

  private static LinePlot topology() {
    double[] losses = {3.1e-3, 1.2e-3, 4.1e-4, 2.2e-4, 1.9e-4};
    return new LinePlot(
        "Topology loss by epoch.",
        Axis.linear("epoch"),
        Axis.log("topology loss"),
        List.of(
            new LinePlot.Series(
                "topology",
                IntStream.range(0, losses.length)
                    .mapToObj(i -> LinePlot.Point.of(i + 1, losses[i]))
                    .toList())),
        false);
  }

  private PictureGrid perturbations() {
    List<PictureGrid.Tile> tiles = new ArrayList<>();
    for (String attack : ATTACKS.subList(0, 4)) {
      tiles.add(
          new PictureGrid.Tile(
              attack,
              List.of(
                  Picture.of(noise(96, 60), "perturbation of " + attack, "10 times enlarged"))));
    }
    return new PictureGrid("The universal perturbations.", tiles);
  }

  private PictureGrid pairs() {
    List<PictureGrid.Tile> tiles = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String from = CLASSES.get(i % CLASSES.size());
      String to = CLASSES.get((i + 2) % CLASSES.size());
      RgbImage image = scene(32, i);
      tiles.add(
          new PictureGrid.Tile(
              "Test image " + 37 * i,
              List.of(
                  Picture.of(image, from + ", benign", from + " 0.97"),
                  Picture.of(disturbed(image), from + ", attacked", from + " → " + to + " 0.83"))));
    }
    return new PictureGrid("Images before and after the attack, with predictions.", tiles);
  }

  private RgbImage noise(int side, int range) {
    byte[] planes = new byte[3 * side * side];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) (128 + random.nextInt(2 * range) - range);
    }
    return new RgbImage(side, side, planes);
  }

  private static RgbImage scene(int side, int kind) {
    byte[] planes = new byte[3 * side * side];
    for (int i = 0; i < planes.length; i++) {
      int x = i % side;
      int y = i / side % side;
      int plane = i / (side * side);
      boolean inside = Math.hypot(x - 16, y - 17) < 8 + kind % 4;
      planes[i] = (byte) (inside ? 70 + 50 * ((plane + kind) % 3) : 90 + 4 * y - 20 * plane);
    }
    return new RgbImage(side, side, planes);
  }

  private RgbImage disturbed(RgbImage image) {
    byte[] planes = image.planes().clone();
    for (int i = 0; i < planes.length; i++) {
      int value = (planes[i] & 255) + random.nextInt(33) - 16;
      planes[i] = (byte) Math.max(0, Math.min(255, value));
    }
    return new RgbImage(image.width(), image.height(), planes);
  }

  private static List<Element> provenance() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("zepad", "0.1.0");
    facts.put("seed", "20261101");
    facts.put("encoder", "resnet18-simclr.safetensors");
    facts.put("sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    facts.put("device", "cpu, 2 threads");
    facts.put("class 4", HOSTILE);
    String sums =
        DoubleStream.iterate(1, x -> x / 3)
            .limit(6)
            .mapToObj(Double::toString)
            .reduce((a, b) -> a + " " + b)
            .orElseThrow();
    return List.of(
        Facts.of("What was run", facts),
        new Facts("Checks", List.of(new Facts.Fact("sums", sums)), true),
        new Code(
            "To run it again:",
            "zepad run experiment.yaml --seed 20261101 --output runs/2026-11-01 \\\n"
                + "    --set evaluation.attacks=uap,advencoder,ssp,pgd-universal,adaptive-fusion"));
  }
}
