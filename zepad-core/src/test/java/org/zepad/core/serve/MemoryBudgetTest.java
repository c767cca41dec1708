package org.zepad.core.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  @Test
  void whatIsNeverThereIsTooLargeWhatIsTakenIsBusyAndWhatIsGivenBackCanBeTakenAgain() {
    MemoryBudget budget = new MemoryBudget(10 << 10);
    try (MemoryBudget.Share first = budget.open();
        MemoryBudget.Share second = budget.open()) {
      // 256 pictures of one pixel, each made as large as a model wants it.
      assertThat(refused(first, 256L * 3 * 4096 * 4096)).isEqualTo(413);
      first.take(8 << 10, Duration.ZERO);
      assertThat(refused(second, 4 << 10)).isEqualTo(429);
      first.close();
      second.take(10 << 10, Duration.ZERO);
    }
  }

  private static int refused(MemoryBudget.Share share, long bytes) {
    return catchThrowableOfType(HttpProblem.class, () -> share.take(bytes, Duration.ZERO)).status();
  }
}
