package org.zepad.core.pipeline;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.dataset.Images;
import org.zepad.core.data.Fingerprint;
import org.zepad.core.data.Split;
import org.zepad.core.engine.Seeds;
import org.zepad.core.plugin.PluginRegistry;

/**
 * An open data set with its three parts: training, validation (carved out of the official training
 * images) and test. The same seed and configuration give the same parts in every step of a run. The
 * parts are drawn before damaged images are left out.
 */
final class OpenData implements AutoCloseable {
  private final Dataset dataset;
  private final DataConfig config;
  private final Split split;
  private final DataPart train;
  private final DataPart test;
  private int[] leaked = {};

  private OpenData(Dataset dataset, DataConfig config, Split split, DataPart train, DataPart test) {
    this.dataset = dataset;
    this.config = config;
    this.split = split;
    this.train = train;
    this.test = test;
  }

  static OpenData open(PluginRegistry plugins, DataConfig config, Settings settings) {
    Dataset dataset = plugins.openDataset(config.name(), config.options(), settings.data());
    Images train = dataset.train();
    Images test = dataset.test();
    long seed = Seeds.derive(settings.seed(), "split");
    int[] used = limit(train, config.images(), seed);
    return new OpenData(
        dataset,
        config,
        Split.carve(train, used, config.validation(), seed),
        new DataPart("training", train, used, config, settings),
        new DataPart("test", test, limit(test, config.testImages(), seed), config, settings));
  }

  private static int[] limit(Images images, int count, long seed) {
    int[] all = Split.all(images);
    return count == 0 ? all : Split.subset(images, all, count, seed);
  }

  List<String> classes() {
    return dataset.classes();
  }

  Images trainImages() {
    return train.images();
  }

  int[] training() {
    return train.sound(split.training());
  }

  int[] validation() {
    return train.sound(split.validation());
  }

  private int[] testing() {
    return Arrays.stream(test.sound(test.used()))
        .filter(i -> Arrays.binarySearch(leaked, i) < 0)
        .toArray();
  }

  ImageBatches trainBatches(NDManager parent) {
    return train.batches(training(), dataset.classes().size(), parent);
  }

  /** Some of the training images, or all where there are no more. */
  ImageBatches trainBatches(int count, NDManager parent) {
    int[] all = training();
    // Evenly, since data sets may be sorted by class.
    int[] some =
        IntStream.range(0, Math.min(count, all.length))
            .map(i -> all[(int) ((long) i * all.length / Math.min(count, all.length))])
            .toArray();
    return train.batches(some, dataset.classes().size(), parent);
  }

  ImageBatches validationBatches(NDManager parent) {
    return train.batches(validation(), dataset.classes().size(), parent);
  }

  ImageBatches testBatches(NDManager parent) {
    return test.batches(testing(), dataset.classes().size(), parent);
  }

  /** What the training part is, for provenance. */
  Map<String, String> provenance() {
    // Sorted: the text of it identifies products, in this process and in later ones.
    Map<String, String> facts = new TreeMap<>();
    facts.put("data", config.name());
    facts.put("data-images", Integer.toString(training().length));
    facts.put("data-sha256", trainingFingerprint());
    if (config.damaged() == Damaged.SKIP) {
      facts.put("data-damaged-images-left-out", Integer.toString(train.leftOut().length));
    }
    return facts;
  }

  /** The fingerprint of the training part. */
  String trainingFingerprint() {
    return train.fingerprint(training());
  }

  /** The fingerprint of the validation part. */
  String validationFingerprint() {
    return train.fingerprint(validation());
  }

  /** What the test part is, for provenance. */
  Map<String, String> testProvenance() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("test-sha256", test.fingerprint(testing()));
    if (config.damaged() == Damaged.SKIP) {
      facts.put("test-damaged-images-left-out", Integer.toString(test.leftOut().length));
    }
    return facts;
  }

  /**
   * Leaves out the test images whose pixels occur among the training or validation images: a figure
   * that they enter would flatter. Call it before the test images are used.
   *
   * @return how many there were
   */
  int leaveOutLeakedTestImages() {
    Set<Integer> found =
        Fingerprint.duplicates(
                List.of(
                    train.part("training", training()),
                    train.part("validation", validation()),
                    test.part("test", testing())))
            .stream()
            .filter(d -> d.second().part().equals("test"))
            .map(d -> d.second().index())
            .collect(Collectors.toSet());
    leaked = found.stream().mapToInt(Integer::intValue).sorted().toArray();
    return leaked.length;
  }

  @Override
  public void close() {
    train.close();
    test.close();
    dataset.close();
  }
}
