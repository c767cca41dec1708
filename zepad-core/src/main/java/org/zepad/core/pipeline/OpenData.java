package org.zepad.core.pipeline;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.dataset.Images;
import org.zepad.core.data.Fingerprint;
import org.zepad.core.data.Split;
import org.zepad.core.data.TensorBatches;
import org.zepad.core.engine.Seeds;
import org.zepad.core.plugin.PluginRegistry;

/**
 * An open data set with its three parts: training, validation (carved out of the official training
 * images) and test. The same seed and configuration give the same parts in every step of a run.
 */
final class OpenData implements AutoCloseable {
  private final Dataset dataset;
  private final DataConfig config;
  private final Split split;
  private int[] test;

  private OpenData(Dataset dataset, DataConfig config, Split split, int[] test) {
    this.dataset = dataset;
    this.config = config;
    this.split = split;
    this.test = test;
  }

  static OpenData open(PluginRegistry plugins, DataConfig config, Path root, long seed) {
    Dataset dataset = plugins.openDataset(config.name(), config.options(), root);
    Images train = dataset.train();
    long splitSeed = Seeds.derive(seed, "split");
    int[] used = limit(train, config.images(), splitSeed);
    return new OpenData(
        dataset,
        config,
        Split.carve(train, used, config.validation(), splitSeed),
        limit(dataset.test(), config.testImages(), splitSeed));
  }

  private static int[] limit(Images images, int count, long seed) {
    int[] all = Split.all(images);
    return count == 0 ? all : Split.subset(images, all, count, seed);
  }

  List<String> classes() {
    return dataset.classes();
  }

  Images trainImages() {
    return dataset.train();
  }

  int[] training() {
    return split.training();
  }

  int[] validation() {
    return split.validation();
  }

  ImageBatches trainBatches(NDManager parent) {
    return batches(dataset.train(), split.training(), parent);
  }

  ImageBatches validationBatches(NDManager parent) {
    return batches(dataset.train(), split.validation(), parent);
  }

  ImageBatches testBatches(NDManager parent) {
    return batches(dataset.test(), test, parent);
  }

  private ImageBatches batches(Images images, int[] indices, NDManager parent) {
    return new TensorBatches(images, indices, dataset.classes().size(), config.size(), parent);
  }

  /** What the training part is, for provenance. */
  Map<String, String> provenance() {
    // Sorted: the text of it identifies products, in this process and in later ones.
    Map<String, String> facts = new TreeMap<>();
    facts.put("data", config.name());
    facts.put("data-images", Integer.toString(split.training().length));
    facts.put("data-sha256", Fingerprint.of(dataset.train(), split.training()));
    return facts;
  }

  /** The fingerprint of the test part. */
  String testFingerprint() {
    return Fingerprint.of(dataset.test(), test);
  }

  /**
   * Leaves out the test images whose pixels occur among the training or validation images: a figure
   * that they enter would flatter. Call it before the test images are used.
   *
   * @return how many there were
   */
  int leaveOutLeakedTestImages() {
    Set<Integer> leaked =
        Fingerprint.duplicates(
                List.of(
                    new Fingerprint.Part("training", dataset.train(), split.training()),
                    new Fingerprint.Part("validation", dataset.train(), split.validation()),
                    new Fingerprint.Part("test", dataset.test(), test)))
            .stream()
            .filter(d -> d.second().part().equals("test"))
            .map(d -> d.second().index())
            .collect(Collectors.toSet());
    test = Arrays.stream(test).filter(i -> !leaked.contains(i)).toArray();
    return leaked.size();
  }

  @Override
  public void close() {
    dataset.close();
  }
}
