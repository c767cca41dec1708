package org.zepad.attacks.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.core.engine.RunContexts;

class PatchPlaceTest {
  private static final PatchPlace PUBLISHED = new PatchPlace(0.03, 14.0 / 64, 14.0 / 64);

  private RunContext context;

  @BeforeEach
  void open() {
    context = RunContexts.root(3, Device.cpu(), Progress.silent());
  }

  @AfterEach
  void close() {
    context.close();
  }

  @ParameterizedTest
  @CsvSource({"64, 11, 39", "32, 5, 20", "224, 38, 137", "33, 5, 21"})
  void thePublishedPlaceScalesWithTheImage(int side, int length, int first) {
    assertSquare(PUBLISHED, side, length, first, first);
  }

  @Test
  void rightAndBottomAreTheirOwnSides() {
    assertSquare(new PatchPlace(0.25, 0, 0.5), 8, 4, 0, 4);
    assertSquare(new PatchPlace(1, 0, 0), 6, 6, 0, 0);
  }

  @Test
  void wholePixelsAreNotLostToRounding() {
    for (int length = 0; length <= 100; length++) {
      double share = length * length / 10000.0;
      assertThat(new PatchPlace(share, 0, 0).length(100)).isEqualTo(length);
    }
  }

  @Test
  void noShareIsNoPatch() {
    NDArray mask = new PatchPlace(0, 0.2, 0.2).mask("test", 16, context.manager());
    assertThat(mask.sum().getFloat()).isZero();
  }

  @Test
  void whatIsSmallerThanAPixelOrDoesNotFitIsRefused() {
    assertThatThrownBy(() -> new PatchPlace(0.003, 0, 0).mask("test", 16, context.manager()))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("less than one pixel")
        .hasMessageContaining("0.00390625");
    assertThatThrownBy(() -> new PatchPlace(0.25, 0.2, 0.6).mask("test", 16, context.manager()))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("does not fit")
        .hasMessageContaining("bottom=0.6");
  }

  private void assertSquare(PatchPlace place, int side, int length, int top, int left) {
    NDArray mask = place.mask("test", side, context.manager());
    assertThat(mask.getShape().getShape()).containsExactly(1, side, side);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        boolean inside = y >= top && y < top + length && x >= left && x < left + length;
        assertThat(mask.getFloat(0, y, x)).as("%d, %d", y, x).isEqualTo(inside ? 1 : 0);
      }
    }
  }
}
