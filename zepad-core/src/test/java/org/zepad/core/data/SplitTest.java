package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.zepad.api.ZepadException;

class SplitTest {
  private final NoiseImages images = new NoiseImages(1003, 10, 1, 1);
  private final int[] all = Split.all(images);

  @Test
  void partsAreDisjointSortedAndComplete() {
    Split split = Split.carve(images, all, 0.1, 7);
    assertThat(split.validation()).hasSize(100).isSorted();
    assertThat(split.training()).hasSize(903).isSorted();
    int[] union =
        IntStream.concat(Arrays.stream(split.training()), Arrays.stream(split.validation()))
            .sorted()
            .toArray();
    assertThat(union).isEqualTo(all);
  }

  @Test
  void everyClassKeepsItsShare() {
    Split split = Split.carve(images, all, 0.1, 7);
    for (int c = 0; c < 10; c++) {
      int label = c;
      assertThat(Arrays.stream(split.validation()).filter(i -> images.label(i) == label).count())
          .isBetween(10L, 11L);
    }
  }

  @Test
  void theSeedAloneDecides() {
    assertThat(Split.carve(images, all, 0.2, 1).validation())
        .isEqualTo(Split.carve(images, all, 0.2, 1).validation())
        .isNotEqualTo(Split.carve(images, all, 0.2, 2).validation());
    int[] reversed = IntStream.range(0, 1003).map(i -> 1002 - i).toArray();
    assertThat(Split.subset(images, reversed, 50, 1)).isEqualTo(Split.subset(images, all, 50, 1));
    assertThat(reversed[0]).as("the argument is not changed").isEqualTo(1002);
  }

  @Test
  void subsetsAreExactInNumber() {
    for (int count : new int[] {0, 1, 9, 10, 11, 500, 1002, 1003, 5000}) {
      int[] subset = Split.subset(images, all, count, 3);
      assertThat(subset).hasSize(Math.min(count, 1003)).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void impossiblePartsAreRefused() {
    assertThatThrownBy(() -> Split.carve(images, all, 1, 0))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> Split.carve(images, new int[] {4}, 0.5, 0))
        .hasMessageContaining("at least 2");
    assertThatThrownBy(() -> Split.subset(images, all, -1, 0)).hasMessageContaining("-1");
  }
}
