package org.zepad.core.harden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.DefenceProvider;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.io.FolderCheckpoint;
import org.zepad.core.plugin.OptionsBinder;

/** What the compared defences promise in common. */
class VictimDefencesTest {
  private static final SampleAttack ATTACK = new SignedGradient(0.03, 2, 0.02);
  private static final int IMAGES = 50;
  private static final Map<String, Object> SMALL =
      Map.of("epochs", 3, "batch-size", 16, "encoder-learning-rate", 3e-3, "dropout", 0.2);

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  @BeforeAll
  static void oneThreadIsFastestForTinyNetworks() {
    RunContexts.root(1, Device.cpu(), Progress.silent()).close();
    JniUtils.setNumThreads(1);
  }

  /** A defence with small options. */
  private record Case(DefenceProvider<?> provider, Map<String, Object> more) {

    Defence defence() {
      return create(provider);
    }

    private <O extends Record> Defence create(DefenceProvider<O> typed) {
      Map<String, Object> values = new HashMap<>(SMALL);
      values.putAll(more);
      return typed.create(OptionsBinder.bind(typed.name(), typed.optionsType(), values));
    }

    @Override
    public String toString() {
      return provider.name();
    }
  }

  static Stream<Case> defences() {
    return Stream.of(
        new Case(new StandardTuningProvider(), Map.of()),
        new Case(new PgdAtProvider(), Map.of()),
        new Case(new TradesProvider(), Map.of()),
        new Case(new MartProvider(), Map.of()),
        genAf(1));
  }

  private static Case genAf(double tolerance) {
    return new Case(
        new GenAfProvider(),
        Map.of(
            "adapt-epochs", 2,
            "layer-share", 0.4,
            "layer-steps", 2,
            "ranking-images", 20,
            "robust-tolerance", tolerance));
  }

  @ParameterizedTest
  @MethodSource("defences")
  void tunesACopyOfTheVictimAlone(Case tested) {
    try (RunContext context = context("run")) {
      Encoder victim = new TinyEncoder(context.manager(), 5);
      Map<String, float[]> before = values(victim.state());
      Branch first = new Branch("victim", Role.MPAE, victim);
      Branch helper = new Branch("helper", Role.BMP, new TinyEncoder(context.manager(), 6));

      List<Branch> hardened = tested.defence().harden(request(List.of(first, helper), context));

      assertThat(hardened).extracting(Branch::name).containsExactly("victim");
      assertThat(told)
          .anyMatch(line -> line.contains("'" + tested + "'") && line.contains("other branch"));
      assertThat(values(victim.state())).usingRecursiveComparison().isEqualTo(before);
      Encoder tuned = hardened.get(0).encoder();
      assertThat(values(tuned.state())).usingRecursiveComparison().isNotEqualTo(before);
      Map<String, String> facts = tuned.info().provenance();
      assertThat(facts).containsEntry("hardened", tested.toString()).containsEntry("seed", "5");
      List<List<EpochResult>> course = TuningHistory.read(facts.get(TuningHistory.KEY));
      assertThat(course.get(0)).hasSize(3);
      assertThat(course.get(0))
          .allSatisfy(
              epoch -> {
                assertThat(epoch.losses()).containsKey("total").hasSizeGreaterThan(1);
                assertThat(epoch.images()).isEqualTo(IMAGES);
              });
    }
  }

  @ParameterizedTest
  @MethodSource("defences")
  void continuesAfterAKillAndIsNotDoneTwice(Case tested) {
    Map<String, float[]> whole;
    Map<String, String> facts;
    try (RunContext context = context("whole")) {
      Encoder tuned = harden(tested, new Stripes(context.manager(), IMAGES, 1), context);
      whole = values(tuned.state());
      facts = tuned.info().provenance();
    }
    try (RunContext context = context("killed")) {
      // 4 batches an epoch.
      Stripes dying = new Stripes(context.manager(), IMAGES, 1).dieAfter(4 + 2);
      assertThatThrownBy(() -> harden(tested, dying, context)).hasMessage("killed");
    }
    try (RunContext context = context("killed")) {
      Encoder tuned = harden(tested, new Stripes(context.manager(), IMAGES, 1), context);
      assertThat(values(tuned.state())).usingRecursiveComparison().isEqualTo(whole);
      assertThat(tuned.info().provenance()).isEqualTo(facts);
    }
    try (RunContext context = context("killed")) {
      Stripes untouchable = new Stripes(context.manager(), IMAGES, 1).dieAfter(0);
      Encoder again = harden(tested, untouchable, context);
      assertThat(values(again.state())).usingRecursiveComparison().isEqualTo(whole);
      assertThat(again.info().provenance()).isEqualTo(facts);
    }
  }

  @ParameterizedTest
  @MethodSource("defences")
  void leavesNothingBehindInTheContext(Case tested) {
    try (RunContext context = context("memory")) {
      Encoder victim = new TinyEncoder(context.manager(), 5);
      List<Integer> arrays = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Branch source = new Branch("victim-" + i, Role.MPAE, victim);
        tested.defence().harden(request(List.of(source), context)).get(0).encoder().close();
        arrays.add(
            context.manager().getManagedArrays().size()
                + context.manager().getParentManager().getManagedArrays().size());
      }
      assertThat(arrays.get(2)).isEqualTo(arrays.get(1));
    }
  }

  @Test
  void theSecondStageTouchesExactlyTheChosenLayers() {
    Map<String, float[]> first;
    try (RunContext context = context("stage")) {
      Case firstStage = new Case(new GenAfProvider(), Map.of("adapt-epochs", 0));
      Encoder tuned = harden(firstStage, new Stripes(context.manager(), IMAGES, 1), context);
      first = values(tuned.state());
    }
    try (RunContext context = context("stages")) {
      Encoder tuned = harden(genAf(1), new Stripes(context.manager(), IMAGES, 1), context);
      Map<String, String> facts = tuned.info().provenance();
      assertThat(facts.get("hardened-adapted-epoch")).isNotEqualTo("0");
      // 2 of 5 layers, some of which may be the head's.
      List<String> chosen = List.of(facts.get("hardened-adapted-layers").split(",", -1));
      assertThat(chosen).hasSize(2);
      Set<String> expected = new TreeSet<>();
      for (String layer : chosen) {
        if (layer.startsWith("encoder.")) {
          expected.add(layer.substring("encoder.".length()));
        }
      }
      Set<String> changed = new TreeSet<>();
      values(tuned.state())
          .forEach(
              (name, value) -> {
                if (!Arrays.equals(value, first.get(name))) {
                  changed.add(name);
                }
              });
      assertThat(changed).isEqualTo(expected);
      List<List<EpochResult>> course = TuningHistory.read(facts.get(TuningHistory.KEY));
      assertThat(course.get(1)).extracting(EpochResult::epoch).containsExactly(0, 1, 2);
      assertThat(course.get(1).get(0).losses()).isEmpty();
    }
  }

  @Test
  void everyDefenceNeedsAnEncoder() {
    try (RunContext context = context("none")) {
      defences()
          .forEach(
              tested ->
                  assertThatThrownBy(() -> tested.defence().harden(request(List.of(), context)))
                      .isInstanceOf(ZepadException.class)
                      .hasMessageContaining("'" + tested + "' needs an encoder"));
    }
  }

  @Test
  void eachLearnsFromTheAttackOfItsPaperAndAllAreJudgedByTheSame() {
    Map<String, Object> judge = Map.of("epsilon", 0.03, "steps", 10, "step-size", 0.007);
    Map<String, Map<String, Object>> teachers =
        Map.of(
            "fine-tuning", Map.of(),
            "pgd-at", Map.of("random-start", true),
            "trades", Map.of("loss", "kl-divergence"),
            "mart", Map.of("random-start", true),
            "gen-af", Map.of());
    try (RunContext context = context("attacks")) {
      defences()
          .forEach(
              tested -> {
                Set<Map<String, Object>> asked = new HashSet<>();
                Branch victim =
                    new Branch(tested.toString(), Role.MPAE, new TinyEncoder(context.manager(), 5));
                tested
                    .defence()
                    .harden(
                        new Defence.Request(
                            List.of(victim),
                            new Stripes(context.manager(), 16, 1),
                            new Stripes(context.manager(), 8, 2),
                            (name, settings) -> {
                              asked.add(settings);
                              return ATTACK;
                            },
                            context));
                Map<String, Object> teacher = new HashMap<>(judge);
                teacher.putAll(teachers.get(tested.toString()));
                Set<Map<String, Object>> expected = new HashSet<>(List.of(judge, teacher));
                assertThat(asked).as(tested.toString()).isEqualTo(expected);
              });
    }
  }

  private Encoder harden(Case tested, Stripes train, RunContext context) {
    Branch source = new Branch("victim", Role.MPAE, new TinyEncoder(context.manager(), 5));
    Defence.Request request = request(List.of(source), context);
    return tested
        .defence()
        .harden(
            new Defence.Request(
                request.sources(), train, request.validation(), request.attacks(), context))
        .get(0)
        .encoder();
  }

  private static Defence.Request request(List<Branch> sources, RunContext context) {
    return new Defence.Request(
        sources,
        new Stripes(context.manager(), IMAGES, 1),
        new Stripes(context.manager(), IMAGES, 2),
        (name, settings) -> ATTACK,
        context);
  }

  private RunContext context(String name) {
    Progress progress =
        new Progress() {
          @Override
          public void start(String label, long steps) {}

          @Override
          public void update(long done, String note) {}

          @Override
          public void message(String line) {
            told.add(line);
          }
        };
    return RunContexts.root(
        3,
        Device.cpu(),
        progress,
        path -> new FolderCheckpoint(folder.resolve(name + path + ".safetensors")));
  }

  private static Map<String, float[]> values(StateDict state) {
    Map<String, float[]> values = new HashMap<>();
    state.tensors().forEach((name, tensor) -> values.put(name, tensor.toFloatArray()));
    return values;
  }
}
