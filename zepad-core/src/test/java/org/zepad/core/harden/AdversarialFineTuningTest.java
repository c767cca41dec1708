package org.zepad.core.harden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.head.Head;
import org.zepad.core.io.FolderCheckpoint;

class AdversarialFineTuningTest {
  private static final SampleAttack ATTACK = new SignedGradient(0.03, 4, 0.012);

  @TempDir Path folder;
  private RunContext context;

  @BeforeAll
  static void oneThreadIsFastestForTinyNetworks() {
    RunContexts.root(1, Device.cpu(), Progress.silent()).close();
    JniUtils.setNumThreads(1);
  }

  @BeforeEach
  void open() {
    context = context("run");
  }

  @AfterEach
  void close() {
    context.close();
  }

  private RunContext context(String name) {
    return RunContexts.root(
        3,
        Device.cpu(),
        Progress.silent(),
        path -> new FolderCheckpoint(folder.resolve(name + path + ".safetensors")));
  }

  private static FineTuningOptions options(int epochs, double dropout, Compat compat) {
    return new FineTuningOptions(
        epochs, 32, 1, 3e-3, 5e-3, 8e-4, 0.96, 1, 32, dropout, "pgd", 0.03, 4, 0.012, 40, compat);
  }

  @Test
  void raisesRobustAccuracyAboveThatOfTrainingOnCleanImages() {
    Stripes train = new Stripes(context.manager(), 256, 1);
    Stripes validation = new Stripes(context.manager(), 63, 2);
    FineTuningOptions all =
        new FineTuningOptions(
            12, 64, 0, 1e-2, 1e-2, 8e-4, 0.96, 1, 32, 0.1, "pgd", 0.03, 4, 0.012, 0, Compat.SOUND);
    List<Double> robust = new ArrayList<>();
    for (SampleAttack teacher : List.of(new SignedGradient(0, 0, 0), ATTACK)) {
      try (Encoder encoder = new TinyEncoder(context.manager(), 5);
          RunContext part = context.child("part-" + robust.size())) {
        // The judge is always the real attack; only the teacher differs.
        SampleAttack attack =
            new SampleAttack() {
              @Override
              public org.zepad.api.attack.Budget budget() {
                return ATTACK.budget();
              }

              @Override
              public NDArray perturb(
                  org.zepad.api.attack.Target target,
                  NDArray images,
                  NDArray labels,
                  RunContext c) {
                boolean judging = images.getShape().get(0) == 63;
                return (judging ? ATTACK : teacher).perturb(target, images, labels, c);
              }
            };
        FineTuningOutcome outcome =
            new AdversarialFineTuning(all, attack).tune("tiny", encoder, train, validation, part);
        robust.add(outcome.kept().robustAccuracy());
        assertThat(outcome.kept().robust())
            .isEqualTo(
                outcome.history().stream().mapToInt(EpochResult::robust).max().orElseThrow());
      }
    }
    assertThat(robust.get(1)).isGreaterThan(robust.get(0) + 0.1);
  }

  @Test
  void continuesAfterAKillWithTheSameNumbers() {
    FineTuningOptions options = options(4, 0.2, Compat.SOUND);
    Map<String, float[]> whole;
    FineTuningOutcome outcome;
    try (Encoder encoder = new TinyEncoder(context.manager(), 5)) {
      outcome = tune(options, encoder, new Stripes(context.manager(), 97, 1), context);
      whole = values(encoder.state());
    }
    try (RunContext second = context("killed")) {
      try (Encoder encoder = new TinyEncoder(second.manager(), 5)) {
        Stripes dying = new Stripes(second.manager(), 97, 1).dieAfter(2 * 4 + 2);
        assertThatThrownBy(() -> tune(options, encoder, dying, second)).hasMessage("killed");
      }
    }
    try (RunContext third = context("killed");
        Encoder encoder = new TinyEncoder(third.manager(), 5)) {
      FineTuningOutcome continued =
          tune(options, encoder, new Stripes(third.manager(), 97, 1), third);
      assertThat(continued).isEqualTo(outcome);
      values(encoder.state()).forEach((n, v) -> assertThat(v).as(n).isEqualTo(whole.get(n)));
    }
    try (RunContext fourth = context("killed");
        Encoder encoder = new TinyEncoder(fourth.manager(), 5)) {
      // Finished work is not done again.
      Stripes untouchable = new Stripes(fourth.manager(), 97, 1).dieAfter(0);
      assertThat(tune(options, encoder, untouchable, fourth)).isEqualTo(outcome);
      values(encoder.state()).forEach((n, v) -> assertThat(v).as(n).isEqualTo(whole.get(n)));
    }
  }

  @Test
  void workOnAnotherEncoderIsNotContinued() {
    FineTuningOptions options = options(1, 0, Compat.SOUND);
    try (Encoder encoder = new TinyEncoder(context.manager(), 5);
        Encoder other = new TinyEncoder(context.manager(), 6)) {
      FineTuningOutcome first =
          tune(options, encoder, new Stripes(context.manager(), 40, 1), context);
      FineTuningOutcome second =
          tune(options, other, new Stripes(context.manager(), 40, 1), context);
      assertThat(second).isNotEqualTo(first);
      assertThat(other.state().get("conv1.weight").toFloatArray())
          .isNotEqualTo(encoder.state().get("conv1.weight").toFloatArray());
    }
  }

  @Test
  void aTaughtHeadKnowsTheTaskBeforeTheEncoderMoves() {
    List<Double> firstAccuracy = new ArrayList<>();
    for (int headEpochs : new int[] {0, 30}) {
      FineTuningOptions options =
          new FineTuningOptions(
              1,
              256,
              headEpochs,
              1e-3,
              1e-2,
              0,
              0.96,
              1,
              32,
              0,
              "pgd",
              0.03,
              4,
              0.012,
              0,
              Compat.SOUND);
      List<Double> accuracies = new ArrayList<>();
      SampleAttack watching =
          new SampleAttack() {
            @Override
            public org.zepad.api.attack.Budget budget() {
              return ATTACK.budget();
            }

            @Override
            public NDArray perturb(
                org.zepad.api.attack.Target target, NDArray images, NDArray labels, RunContext c) {
              NDArray right = target.logits(images).argMax(1).eq(labels);
              accuracies.add((double) right.countNonzero().getLong() / labels.size());
              return images.duplicate();
            }
          };
      try (Encoder encoder = new TinyEncoder(context.manager(), 5);
          RunContext part = context.child("taught-" + headEpochs)) {
        new AdversarialFineTuning(options, watching)
            .tune(
                "tiny",
                encoder,
                new Stripes(context.manager(), 256, 1),
                new Stripes(context.manager(), 63, 2),
                part);
      }
      firstAccuracy.add(accuracies.get(0));
    }
    assertThat(firstAccuracy.get(1)).isGreaterThan(firstAccuracy.get(0) + 0.2);
  }

  @Test
  void workOfOtherOptionsIsNotContinued() {
    try (Encoder encoder = new TinyEncoder(context.manager(), 5)) {
      tune(options(1, 0, Compat.SOUND), encoder, new Stripes(context.manager(), 40, 1), context);
      FineTuningOutcome other =
          tune(
              options(2, 0, Compat.SOUND), encoder, new Stripes(context.manager(), 40, 1), context);
      assertThat(other.history()).hasSize(2);
    }
  }

  @Test
  void theAttackLeavesParametersAndGradientsAlone() {
    try (Encoder encoder = new TinyEncoder(context.manager(), 5);
        Head head = new Head(context.manager(), 8, 4, 0.2, 1)) {
      Map<String, float[]> before = values(encoder.state());
      before.putAll(values(head.state()));
      List<NDArray> parameters = new ArrayList<>(encoder.state().parameters().values());
      parameters.addAll(head.state().parameters().values());
      for (Compat compat : Compat.values()) {
        try (FineTuningStep step =
            new FineTuningStep(options(1, 0.2, compat), ATTACK, encoder, head, context)) {
          new Stripes(context.manager(), 8, 1)
              .forEach(
                  8,
                  java.util.OptionalLong.empty(),
                  batch -> {
                    NDArray attacked = step.adversarial(batch.images(), batch.labels(), "attack");
                    assertThat(attacked.sub(batch.images()).abs().max().getFloat())
                        .isBetween(0.0299f, 0.0301f);
                  });
        }
        Map<String, float[]> after = values(encoder.state());
        after.putAll(values(head.state()));
        before.forEach((n, v) -> assertThat(after.get(n)).as(n).isEqualTo(v));
        for (NDArray parameter : parameters) {
          try (NDArray gradient = JniUtils.getGradient((PtNDArray) parameter)) {
            boolean left = gradient != null && gradient.abs().sum().getFloat() > 0;
            assertThat(left).isEqualTo(compat == Compat.REFERENCE);
          }
        }
      }
    }
  }

  @Test
  void stopsWhenTheLossLeavesTheFiniteNumbers() {
    FineTuningOptions wild =
        new FineTuningOptions(
            3, 32, 0, 1e30, 1e30, 0, 1, 20, 32, 0, "pgd", 0.03, 4, 0.012, 0, Compat.SOUND);
    try (Encoder encoder = new TinyEncoder(context.manager(), 5)) {
      assertThatThrownBy(() -> tune(wild, encoder, new Stripes(context.manager(), 128, 1), context))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("tiny stopped in epoch 1")
          .hasMessageContaining("encoder-learning-rate");
    }
  }

  @Test
  void tooFewImagesAreRefusedAndABatchOfOneIsLeftOut() {
    FineTuningOptions options =
        new FineTuningOptions(
            1, 32, 0, 1e-4, 5e-3, 0, 1, 20, 32, 0, "pgd", 0.03, 1, 0.012, 0, Compat.SOUND);
    try (Encoder encoder = new TinyEncoder(context.manager(), 5)) {
      assertThatThrownBy(
              () -> tune(options, encoder, new Stripes(context.manager(), 1, 1), context))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("needs at least 2 training and 1 validation images, got 1");
      // Its batch statistics would be those of one image: a variance of nothing.
      tune(options, encoder, new Stripes(context.manager(), 33, 1), context);
      encoder
          .state()
          .tensors()
          .forEach((name, tensor) -> assertThat(tensor.sum().getFloat()).as(name).isFinite());
    }
  }

  @Test
  void memoryStaysFlatOverAHundredSteps() throws IOException {
    FineTuningOptions options = options(1, 0.2, Compat.SOUND);
    try (Encoder encoder = new TinyEncoder(context.manager(), 5)) {
      NDManager manager = context.manager();
      Stripes train = new Stripes(manager, 32 * 50, 1);
      for (int i = 0; i < 2; i++) {
        try (RunContext part = context.child("warm-up-" + i)) {
          tune(options, encoder, new Stripes(manager, 32 * 20, 1), part);
        }
      }
      int arrays = manager.getManagedArrays().size();
      long kilobytes = resident();
      for (int i = 0; i < 2; i++) {
        try (RunContext part = context.child("measured-" + i)) {
          tune(options, encoder, train, part);
        }
      }
      assertThat(manager.getManagedArrays()).hasSize(arrays);
      // A leak of one batch of images a step would be 10 MB, one of the graph's arrays far more.
      assertThat(resident() - kilobytes).isLessThan(48 * 1024);
    }
  }

  @Test
  void zepadTunesTheMpaeBranchesAndKeepsTheRest() {
    Encoder victim = new TinyEncoder(context.manager(), 5);
    Encoder helper = new TinyEncoder(context.manager(), 6);
    Map<String, float[]> before = values(victim.state());
    List<Branch> sources =
        List.of(new Branch("victim", Role.MPAE, victim), new Branch("helper", Role.BMP, helper));
    Map<String, Object> asked = new HashMap<>();
    Defence.Request request =
        new Defence.Request(
            sources,
            new Stripes(context.manager(), 64, 1),
            new Stripes(context.manager(), 40, 2),
            (name, settings) -> {
              asked.put(name, settings);
              return ATTACK;
            },
            context);

    List<Branch> hardened = new ZepadProvider().create(options(1, 0, Compat.SOUND)).harden(request);

    assertThat(asked).containsEntry("pgd", Map.of("epsilon", 0.03, "steps", 4, "step-size", 0.012));
    assertThat(hardened).extracting(Branch::name).containsExactly("victim", "helper");
    assertThat(hardened).extracting(Branch::role).containsExactly(Role.MPAE, Role.BMP);
    assertThat(hardened.get(1)).isSameAs(sources.get(1));
    values(victim.state()).forEach((n, v) -> assertThat(v).as(n).isEqualTo(before.get(n)));
    Encoder tuned = hardened.get(0).encoder();
    assertThat(tuned.state().get("conv1.weight").toFloatArray())
        .isNotEqualTo(before.get("conv1.weight"));
    assertThat(tuned.info().provenance())
        .containsEntry("seed", "5")
        .containsEntry("hardened", "zepad")
        .containsEntry("hardened-kept-epoch", "1")
        .containsEntry("hardened-compat", "sound");
    assertThat(tuned.duplicate().info()).isEqualTo(tuned.info());

    assertThat(new NoDefenceProvider().create(new org.zepad.api.NoOptions()).harden(request))
        .containsExactly(sources.get(0));
  }

  private FineTuningOutcome tune(
      FineTuningOptions options, Encoder encoder, Stripes train, RunContext context) {
    return new AdversarialFineTuning(options, ATTACK)
        .tune("tiny", encoder, train, new Stripes(context.manager(), 100, 2), context);
  }

  private static Map<String, float[]> values(StateDict state) {
    Map<String, float[]> values = new HashMap<>();
    state.tensors().forEach((name, tensor) -> values.put(name, tensor.toFloatArray()));
    return values;
  }

  private static long resident() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findAny()
        .orElseThrow();
  }
}
