package org.zepad.core.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.NoOptions;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.io.FolderCheckpoint;
import org.zepad.core.pretrain.PretrainOptions.OptimizerName;
import org.zepad.core.pretrain.PretrainOptions.RecipeName;

class PretrainerTest {
  private static final PretrainData DATA =
      new PretrainData(
          new PatternImages(260, TinyEncoder.SIZE),
          PatternImages.CLASSES,
          IntStream.range(0, 200).toArray(),
          IntStream.range(200, 260).toArray());
  private static final int STEPS = 6;

  @TempDir Path folder;
  private final Recorder recorder = new Recorder();

  @Test
  void learnsAndReports() {
    Outcome outcome = run(TinyMethod.adam(), options(6), "learns", recorder);
    PretrainResult result = outcome.result;
    assertThat(result.history().epochs()).hasSize(6);
    double first = result.history().epochs().get(0).figures().get(PretrainResult.LOSS);
    assertThat(result.history().last(PretrainResult.LOSS).orElseThrow()).isLessThan(first - 0.3);
    assertThat(result.history().last(PretrainResult.KNN).orElseThrow()).isGreaterThan(0.6);
    assertThat(result.health().collapsed()).isFalse();
    assertThat(result.imagesPerSecond()).isPositive();
    assertThat(result.provenance()).containsEntry("method", "tiny").containsEntry("epochs", "6");
    // Judged after every third epoch, the last among them.
    assertThat(result.history().epochs().stream().map(e -> e.figures().size()).toList())
        .containsExactly(2, 2, 5, 2, 2, 5);
    assertThat(recorder.lastStep).isEqualTo(6 * STEPS);
    assertThat(recorder.notes.get(0)).contains("epoch 1/6", "loss", "lr", "images/s", "waiting");
    assertThat(recorder.lines).noneMatch(line -> line.contains("WARNING"));
  }

  @Test
  void killedAndStartedAgainEndsWithTheSameBits() {
    for (OptimizerSpec optimizer :
        List.of(
            OptimizerSpec.Adam.of(1e-6),
            new OptimizerSpec.Sgd(0.9, false, 1e-4),
            new OptimizerSpec.Lars(0.9, 1e-4, 0.02, true, true))) {
      TinyMethod method = new TinyMethod(optimizer, 0.02, false);
      String name = optimizer.getClass().getSimpleName();
      Outcome whole = run(method, options(3), name + "-whole", Progress.silent());
      int[] kills = {2 * STEPS + 3, STEPS / 2, 3 * STEPS};
      for (int kill : optimizer instanceof OptimizerSpec.Adam ? kills : new int[] {kills[0]}) {
        String part = name + "-" + kill;
        assertThatThrownBy(() -> run(method, options(3), part, new Killer(kill)))
            .isInstanceOf(Killed.class);
        Outcome continued = run(method, options(3), part, recorder);
        assertThat(continued.weights.keySet()).isEqualTo(whole.weights.keySet());
        whole.weights.forEach(
            (tensor, bits) -> assertThat(continued.weights.get(tensor)).as(tensor).isEqualTo(bits));
        assertThat(continued.result.history()).isEqualTo(whole.result.history());
        assertThat(continued.result.health()).isEqualTo(whole.result.health());
      }
      assertThat(recorder.lines).anyMatch(line -> line.contains("continuing behind epoch 2 of 3"));
    }
  }

  @Test
  void doneWorkIsNotDoneAgain() {
    Outcome first = run(TinyMethod.adam(), options(2), "done", Progress.silent());
    Outcome second = run(TinyMethod.adam(), options(2), "done", new Killer(1));
    assertThat(second.weights).usingRecursiveComparison().isEqualTo(first.weights);
    assertThat(second.result.history()).isEqualTo(first.result.history());
    assertThat(second.result.seconds()).isEqualTo(first.result.seconds());
  }

  @Test
  void theCheckpointOfAnotherTrainingIsRefused() {
    run(TinyMethod.adam(), options(1), "other", Progress.silent());
    assertThatThrownBy(() -> run(TinyMethod.adam(), options(2), "other", Progress.silent()))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("another training")
        .hasMessageContaining("2 epochs");
  }

  @Test
  void stopsInPlainWordsWhenTheLossIsNoNumber() {
    TinyMethod wild = new TinyMethod(new OptimizerSpec.Sgd(0, false, 0), 1e25, false);
    assertThatThrownBy(() -> run(wild, options(3), "wild", Progress.silent()))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("pre-training with tiny broke down")
        .hasMessageContaining("smaller learning rate");
  }

  @Test
  void saysThatFeaturesHaveCollapsed() {
    TinyMethod bad = new TinyMethod(new OptimizerSpec.Sgd(0, false, 0), 0.25, true);
    Outcome outcome = run(bad, options(4), "collapse", recorder);
    assertThat(outcome.result.health().collapsed()).isTrue();
    assertThat(recorder.lines).anyMatch(line -> line.contains("the features have collapsed"));
  }

  @Test
  void resolvesRecipeAndOptions() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      TinyEncoder encoder = new TinyEncoder(context.manager(), 1);
      TinyMethod method = TinyMethod.adam();
      PretrainPlan plan = plan(method, PretrainOptions.defaults(), encoder);
      assertThat(plan.epochs()).isEqualTo(4);
      assertThat(plan.warmupSteps()).isEqualTo(STEPS);
      assertThat(plan.peakLearningRate()).isEqualTo(0.01);
      PretrainPlan small = plan(method, PretrainOptions.defaults().with(2, 16), encoder);
      assertThat(small.totalSteps()).isEqualTo(2 * 12);
      assertThat(small.warmupSteps()).as("a quarter, as in the recipe").isEqualTo(6);
      assertThat(small.peakLearningRate()).isCloseTo(0.005, within(1e-12));
      assertThatThrownBy(() -> plan(method, PretrainOptions.defaults().with(1, 201), encoder))
          .hasMessageContaining("only 200")
          .isInstanceOf(ZepadException.class);
    }
  }

  private static PretrainPlan plan(TinyMethod method, PretrainOptions options, TinyEncoder e) {
    NoOptions none = new NoOptions();
    return PretrainPlan.of(
        method.recipe(none, Benchmark.CIFAR_10), options, DATA, e, method.name(), none, 1);
  }

  private static PretrainOptions options(int epochs) {
    return new PretrainOptions(
        RecipeName.AUTO, epochs, 0, 0, OptimizerName.RECIPE, -1, 0, -1, -1, 3, 120, 2);
  }

  /** A process of its own as far as that goes: new context, new encoder, new method. */
  private Outcome run(TinyMethod method, PretrainOptions options, String name, Progress progress) {
    try (RunContext context =
        RunContexts.root(
            11,
            Device.cpu(),
            progress,
            label -> new FolderCheckpoint(folder.resolve(name + label + ".safetensors")))) {
      TinyEncoder encoder = new TinyEncoder(context.manager(), 5);
      PretrainResult result =
          new Pretrainer().train(encoder, method, new NoOptions(), DATA, options, context);
      Map<String, float[]> weights = new LinkedHashMap<>();
      encoder.state().tensors().forEach((tensor, t) -> weights.put(tensor, t.toFloatArray()));
      return new Outcome(result, weights);
    }
  }

  private record Outcome(PretrainResult result, Map<String, float[]> weights) {}

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Pulls the plug at a step. */
  private record Killer(long step) implements Progress {
    @Override
    public void start(String label, long steps) {}

    @Override
    public void update(long done, String note) {
      if (done >= step) {
        throw new Killed();
      }
    }

    @Override
    public void message(String line) {}
  }

  private static final class Recorder implements Progress {
    private final List<String> notes = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private long lastStep;

    @Override
    public void start(String label, long steps) {}

    @Override
    public void update(long done, String note) {
      lastStep = done;
      notes.add(note);
    }

    @Override
    public void message(String line) {
      lines.add(line);
    }
  }
}
