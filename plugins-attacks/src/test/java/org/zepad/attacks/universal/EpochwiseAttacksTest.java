package org.zepad.attacks.universal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zepad.api.Checkpoint;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.testkit.MemoryCheckpoints;
import org.zepad.testkit.TinyConvolutions;

/** What all attacks that craft in epochs have in common, beyond the contract. */
class EpochwiseAttacksTest {
  private static final double EPSILON = 10 / 255.0;
  private static final PluginRegistry PLUGINS = PluginRegistry.open(List.of());

  /** The attacks, which differ in what some options are called. */
  enum Kind {
    DISPERSION_REDUCTION,
    FFF,
    L4A_BASE,
    L4A_FUSE,
    L4A_UGS,
    SINGULAR_VECTORS,
    SSP,
    UAP,
    UAPGD;

    String attack() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    UniversalAttack create(int epochs, Map<String, Object> more) {
      Map<String, Object> options = new HashMap<>(more);
      options.put(this == SINGULAR_VECTORS ? "iterations" : "epochs", epochs);
      if (this == UAP || this == UAPGD) {
        options.put("clusters", 2);
      }
      if (this != FFF) {
        options.putIfAbsent("batch-size", 3);
      }
      return (UniversalAttack) PLUGINS.createAttack(attack(), options);
    }

    UniversalAttack create(int epochs) {
      return create(epochs, Map.of());
    }
  }

  private static RunContext context(long seed, Checkpoint checkpoint, Progress progress) {
    return RunContexts.root(seed, Device.cpu(), progress, label -> checkpoint);
  }

  private static float[] craft(UniversalAttack attack, long seed, Checkpoint checkpoint) {
    try (RunContext made = context(5, Checkpoint.none(), Progress.silent());
        RunContext context = context(seed, checkpoint, Progress.silent())) {
      return attack
          .craft(new TinyConvolutions(made), TinyScene.images(made.manager(), 11), context)
          .delta()
          .toFloatArray();
    }
  }

  @Test
  void whatTheAttackersHoldIsSaid() {
    for (Kind kind : Kind.values()) {
      assertThat(PLUGINS.attack(kind.attack()).knowledge())
          .as(kind.attack())
          .isEqualTo(kind == Kind.FFF ? Knowledge.ENCODER : Knowledge.ENCODER_AND_IMAGES);
    }
  }

  @Test
  void theBudgetIsThatOfAdvEncoderUnlessToldOtherwise() {
    double usual = PLUGINS.createAttack("advencoder-per", Map.of()).budget().epsilon();
    for (Kind kind : Kind.values()) {
      assertThat(PLUGINS.createAttack(kind.attack(), Map.of()).budget().epsilon())
          .as(kind.attack())
          .isEqualTo(usual);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCheckpointOfOtherSettingsIsRefused(Kind kind) {
    Checkpoint checkpoint = new MemoryCheckpoints().apply("craft");
    craft(kind.create(1), 1, checkpoint);
    for (UniversalAttack other : List.of(kind.create(1, Map.of("epsilon", 0.02)), kind.create(2))) {
      assertThatThrownBy(() -> craft(other, 1, checkpoint))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining(kind.attack() + ": the checkpoint was made with other settings");
    }
    assertThatThrownBy(() -> craft(kind.create(1), 2, checkpoint))
        .hasMessageContaining("with seed 2");
  }

  @ParameterizedTest
  @EnumSource
  void fewerImagesThanABatchAreOneBatch(Kind kind) {
    if (kind != Kind.FFF) {
      float[] larger = craft(kind.create(2, Map.of("batch-size", 64)), 1, Checkpoint.none());
      float[] exact = craft(kind.create(2, Map.of("batch-size", 8)), 1, Checkpoint.none());
      assertThat(larger).isEqualTo(exact);
    }
  }

  @ParameterizedTest
  @EnumSource
  void progressTellsTheObjectiveOfEachStep(Kind kind) {
    List<String> notes = new ArrayList<>();
    long[] steps = new long[1];
    Progress progress =
        new Progress() {
          @Override
          public void start(String label, long count) {
            assertThat(label).isEqualTo(kind.attack());
            steps[0] = count;
          }

          @Override
          public void update(long done, String note) {
            notes.add(note);
            assertThat(done).isEqualTo(notes.size());
          }

          @Override
          public void message(String line) {}
        };
    try (RunContext made = context(5, Checkpoint.none(), Progress.silent());
        RunContext context = context(1, Checkpoint.none(), progress)) {
      kind.create(2)
          .craft(new TinyConvolutions(made), TinyScene.images(made.manager(), 11), context);
    }
    assertThat(notes).hasSize((int) steps[0]).allMatch(note -> note.startsWith("objective "));
    assertThat(steps[0]).isEqualTo(kind == Kind.FFF ? 100 : 6);
  }

  @ParameterizedTest
  @EnumSource
  void numbersThatAreNotFiniteAreTheInputsFault(Kind kind) {
    try (RunContext made = context(5, Checkpoint.none(), Progress.silent());
        RunContext context = context(1, Checkpoint.none(), Progress.silent())) {
      TinyConvolutions victim = new TinyConvolutions(made);
      victim.state().get("conv1.bias").addi(Float.NaN);
      FixedImages images = TinyScene.images(made.manager(), 11);
      assertThatThrownBy(() -> kind.create(2).craft(victim, images, context))
          .isInstanceOfSatisfying(
              ZepadException.class, e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.INPUT))
          .hasMessageContaining(kind.attack() + ": the ")
          .hasMessageContaining("not finite");
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UAP", "UAPGD"})
  void layersThatAreNotThereAreRefused(Kind kind) {
    Object wanted = kind == Kind.L4A_FUSE ? "conv1,conv7" : "conv7";
    assertThatThrownBy(() -> craft(kind.create(1, Map.of("layers", wanted)), 1, Checkpoint.none()))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("conv7");
    try (RunContext made = context(5, Checkpoint.none(), Progress.silent());
        RunContext context = context(1, Checkpoint.none(), Progress.silent())) {
      Encoder victim = new LayerlessEncoder(new TinyConvolutions(made));
      FixedImages images = TinyScene.images(made.manager(), 11);
      assertThatThrownBy(
              () -> kind.create(1, Map.of("layers", wanted)).craft(victim, images, context))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining(kind.attack() + ": the victim's backbone")
          .hasMessageContaining("no inner layers");
      if (kind == Kind.SSP) {
        assertThat(kind.create(1).craft(victim, images, context).delta().getShape())
            .isEqualTo(new Shape(3, TinyScene.SIDE, TinyScene.SIDE));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutImagesOnlyFastFeatureFoolCrafts(Kind kind) {
    try (RunContext made = context(5, Checkpoint.none(), Progress.silent());
        RunContext context = context(1, Checkpoint.none(), Progress.silent())) {
      TinyConvolutions victim = new TinyConvolutions(made);
      if (kind == Kind.FFF) {
        float[] with = craft(kind.create(1), 1, Checkpoint.none());
        assertThat(kind.create(1).craft(victim, new NoImages(), context).delta().toFloatArray())
            .isEqualTo(with);
      } else {
        assertThatThrownBy(() -> kind.create(1).craft(victim, new NoImages(), context))
            .isInstanceOf(ZepadException.class)
            .hasMessageContaining(kind.attack() + ": there are no surrogate images");
      }
    }
  }

  @Test
  void theVictimIsThawedAfterAFailure() {
    try (TinyScene tiny = new TinyScene()) {
      tiny.victim.state().requireGradients(true);
      UniversalAttack attack = Kind.L4A_BASE.create(1, Map.of("layers", "conv7"));
      assertThatThrownBy(() -> attack.craft(tiny.victim, tiny.images, tiny.context))
          .isInstanceOf(ZepadException.class);
      assertThat(tiny.victim.state().parameters().values()).allMatch(NDArray::hasGradient);
    }
  }

  /** Images of the right size, but none. */
  private record NoImages() implements ImageBatches {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int imageSize() {
      return TinyScene.SIDE;
    }

    @Override
    public void forEach(int batchSize, OptionalLong shuffleSeed, Consumer<Batch> consumer) {}
  }
}
