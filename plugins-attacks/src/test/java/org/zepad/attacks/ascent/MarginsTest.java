package org.zepad.attacks.ascent;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.engine.RunContexts;

class MarginsTest {

  @Test
  void marginsAreThoseOfTheGreatestWrongClassAndTiesCountAsRight() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDArray logits =
          context.manager().create(new float[] {1, 4, 2, 5, 5, 0, -1, -3, -1}, new Shape(3, 3));
      NDArray labels = context.manager().create(new long[] {2, 0, 1});
      assertThat(Margins.of(logits, labels)).containsExactly(2, 0, 2);
      assertThat(Margins.bestWrong(logits, labels)).containsExactly(1, 1, 0);
    }
  }

  @Test
  void aSingleClassCannotBeWrong() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDArray logits = context.manager().create(new float[] {1, 4}, new Shape(2, 1));
      NDArray labels = context.manager().create(new long[] {0, 0});
      assertThat(Margins.of(logits, labels)).containsOnly(Float.NEGATIVE_INFINITY);
      assertThat(Margins.bestWrong(logits, labels)).containsOnly(-1);
    }
  }

  @Test
  void whatIsNoNumberBeatsNothing() {
    Rank some = new Rank(0, -5);
    assertThat(some.beats(Rank.LEAST)).isTrue();
    assertThat(new Rank(0, Float.NaN).beats(some)).isFalse();
    assertThat(new Rank(1, -9).beats(some)).isTrue();
    assertThat(some.beats(some)).isFalse();
  }
}
