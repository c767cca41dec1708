package org.zepad.core.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Checkpoint;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.evaluate.ArrayBatches;
import org.zepad.core.evaluate.TinyEncoder;
import org.zepad.core.io.FolderCheckpoint;

class HeadTrainerTest {
  private RunContext context;
  private TinyEncoder encoder;
  private ArrayBatches images;

  @BeforeEach
  void open() {
    context = RunContexts.root(3, Device.cpu(), Progress.silent());
    encoder = new TinyEncoder(context.manager(), 8, 24, 1);
    images = ArrayBatches.stripes(context.manager(), 300, 8, 4, 2);
  }

  @AfterEach
  void close() {
    context.close();
  }

  private Features features(FeatureCache cache, RunContext into) {
    return cache.features(encoder, images, "stripes", into);
  }

  @Test
  void learnsASeparableTaskAndReportsValidation() {
    Features all = features(FeatureCache.inMemory(), context);
    TrainedHead trained =
        HeadTrainer.train(all, all, HeadOptions.defaults().withEpochs(30), context);

    assertThat(trained.training().value()).isGreaterThan(0.9);
    assertThat(trained.validation()).isEqualTo(trained.training());
    assertThat(trained.head().state().get("fc1.weight").hasGradient()).isFalse();
  }

  @Test
  void stopsInPlainWordsWhenTheLossIsNoNumber(@TempDir Path folder) {
    Features all = features(FeatureCache.inMemory(), context);
    HeadOptions wild = new HeadOptions(9, 300, 1e30, 0, 1, 0);
    try (RunContext run =
        RunContexts.root(
            1,
            Device.cpu(),
            Progress.silent(),
            label -> new FolderCheckpoint(folder.resolve("head.safetensors")))) {
      assertThatThrownBy(() -> HeadTrainer.train(all, null, wild, run))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("the head's loss is not a number in epoch 2")
          .hasMessageContaining("lower the learning rate");
      assertThat(new FolderCheckpoint(folder.resolve("head.safetensors")).load(run.manager()))
          .as("the epoch before is kept")
          .hasValueSatisfying(saved -> assertThat(saved.step()).isEqualTo(1));
    }
  }

  @Test
  void theSameSeedGivesTheSameHead() {
    Features all = features(FeatureCache.inMemory(), context);
    HeadOptions options = HeadOptions.defaults().withEpochs(3);
    try (RunContext one = RunContexts.root(9, Device.cpu(), Progress.silent());
        RunContext two = RunContexts.root(9, Device.cpu(), Progress.silent());
        RunContext other = RunContexts.root(10, Device.cpu(), Progress.silent())) {
      Map<String, float[]> first = values(HeadTrainer.train(all, null, options, one).head());
      assertSame(first, values(HeadTrainer.train(all, null, options, two).head()));
      assertThat(values(HeadTrainer.train(all, null, options, other).head()).get("fc1.weight"))
          .isNotEqualTo(first.get("fc1.weight"));
    }
  }

  @Test
  void aKilledTrainingContinuesToTheSameNumbers(@TempDir Path folder) {
    Features all = features(FeatureCache.inMemory(), context);
    HeadOptions options = HeadOptions.defaults().withEpochs(4);
    Map<String, float[]> whole;
    try (RunContext run = RunContexts.root(9, Device.cpu(), Progress.silent())) {
      whole = values(HeadTrainer.train(all, null, options, run).head());
    }
    Killed killed = new Killed(folder, 2);
    try (RunContext run = RunContexts.root(9, Device.cpu(), Progress.silent(), label -> killed)) {
      assertThatThrownBy(() -> HeadTrainer.train(all, null, options, run)).hasMessage("killed");
    }
    try (RunContext run =
        RunContexts.root(
            9,
            Device.cpu(),
            Progress.silent(),
            label -> new FolderCheckpoint(folder.resolve("run.safetensors")))) {
      assertSame(whole, values(HeadTrainer.train(all, null, options, run).head()));
      // A finished training is not trained any further.
      assertSame(whole, values(HeadTrainer.train(all, null, options, run).head()));
    }
  }

  @Test
  void workThatWasSavedWithOtherOptionsIsNotUsed(@TempDir Path folder) {
    HeadOptions now = HeadOptions.defaults().withEpochs(2);
    HeadOptions before = new HeadOptions(2, 32, 1e-3, 0, 1, 0.5);
    Map<String, float[]> expected;
    try (RunContext clean = RunContexts.root(3, Device.cpu(), Progress.silent())) {
      Features all = features(FeatureCache.inMemory(), clean);
      expected = values(HeadTrainer.train(all, null, now, clean).head());
    }
    Path file = folder.resolve("head.safetensors");
    for (HeadOptions options : List.of(before, now)) {
      try (RunContext saving =
          RunContexts.root(
              3, Device.cpu(), Progress.silent(), path -> new FolderCheckpoint(file))) {
        Features all = features(FeatureCache.inMemory(), saving);
        Map<String, float[]> found = values(HeadTrainer.train(all, null, options, saving).head());
        if (options == now) {
          assertSame(expected, found);
        }
      }
    }
  }

  @Test
  void dropoutStaysOnInEveryEpoch() {
    Features all = features(FeatureCache.inMemory(), context);
    HeadOptions with = HeadOptions.defaults().withEpochs(2);
    HeadOptions without = new HeadOptions(2, 256, 5e-3, 8e-4, 0.96, 0);
    assertThat(last(HeadTrainer.train(all, null, with, context)))
        .isNotEqualTo(last(HeadTrainer.train(all, null, without, context)));
    // Evaluation draws nothing.
    TrainedHead trained = HeadTrainer.train(all, null, with, context);
    assertThat(HeadTrainer.accuracy(trained.head(), all)).isEqualTo(trained.training());
  }

  @Test
  void keptFeaturesAreUsedAgainOnlyForTheSameEncoder(@TempDir Path folder) throws IOException {
    FeatureCache cache = FeatureCache.in(folder);
    float[] first = features(cache, context).values().toFloatArray();
    Path file = onlyFile(folder);
    FileTime written = Files.getLastModifiedTime(file);

    Features again = features(cache, context);
    assertThat(again.values().toFloatArray()).isEqualTo(first);
    assertThat(again.labels()).isEqualTo(images.labels());
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);

    encoder.state().get("weight").muli(2);
    assertThat(features(cache, context).values().toFloatArray()).isNotEqualTo(first);
    assertThat(files(folder)).hasSize(2);
  }

  @Test
  void aDamagedFileIsMadeAnew(@TempDir Path folder) throws IOException {
    FeatureCache cache = FeatureCache.in(folder);
    float[] first = features(cache, context).values().toFloatArray();
    Path file = onlyFile(folder);
    Files.write(file, new byte[] {1, 2, 3});
    assertThat(features(cache, context).values().toFloatArray()).isEqualTo(first);
    assertThat(Files.size(file)).isGreaterThan(3);
  }

  @Test
  void trainingLeavesNoTensorsBehind() {
    Features all = features(FeatureCache.inMemory(), context);
    HeadOptions options = HeadOptions.defaults().withEpochs(1);
    try (RunContext run = context.child("run")) {
      HeadTrainer.train(all, null, options, run);
      // The scope holds the head alone: three weights and three biases.
      assertThat(run.manager().getManagedArrays().size()).isEqualTo(6);
    }
  }

  private static float[] last(TrainedHead trained) {
    return trained.head().state().get("fc3.bias").toFloatArray();
  }

  private static Map<String, float[]> values(Head head) {
    return head.state().tensors().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toFloatArray()));
  }

  private static void assertSame(Map<String, float[]> expected, Map<String, float[]> actual) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, value) -> assertThat(actual.get(name)).as(name).isEqualTo(value));
  }

  private static Path onlyFile(Path folder) throws IOException {
    List<Path> files = files(folder);
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** Dies when it has saved so many times. */
  private static final class Killed implements Checkpoint {
    private final FolderCheckpoint kept;
    private int left;

    Killed(Path folder, int saves) {
      this.kept = new FolderCheckpoint(folder.resolve("run.safetensors"));
      this.left = saves;
    }

    @Override
    public void save(long step, Map<String, NDArray> tensors, Map<String, String> values) {
      kept.save(step, tensors, values);
      left--;
      if (left == 0) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public Optional<Saved> load(NDManager manager) {
      return Objects.requireNonNull(kept.load(manager));
    }
  }
}
