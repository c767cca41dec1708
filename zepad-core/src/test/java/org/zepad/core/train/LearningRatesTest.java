package org.zepad.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearningRatesTest {

  @Test
  void warmsUpLinearlyThenFallsAlongACosine() {
    assertThat(LearningRates.warmupCosine(0.4, 0, 4, 12)).isEqualTo(0.1);
    assertThat(LearningRates.warmupCosine(0.4, 3, 4, 12)).isEqualTo(0.4);
    assertThat(LearningRates.warmupCosine(0.4, 4, 4, 12)).isEqualTo(0.4);
    assertThat(LearningRates.warmupCosine(0.4, 8, 4, 12)).isCloseTo(0.2, within(1e-12));
    assertThat(LearningRates.warmupCosine(0.4, 11, 4, 12)).isBetween(0.0, 0.02);
    assertThat(LearningRates.warmupCosine(0.4, 0, 0, 1)).isEqualTo(0.4);
    assertThatThrownBy(() -> LearningRates.warmupCosine(0.4, 12, 4, 12))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decaysByAFactorAnEpoch() {
    assertThat(LearningRates.exponential(5e-3, LearningRates.DECAY, 0)).isEqualTo(5e-3);
    assertThat(LearningRates.exponential(5e-3, LearningRates.DECAY, 2))
        .isCloseTo(5e-3 * 0.9216, within(1e-15));
  }

  @Test
  void scalesWithTheBatch() {
    assertThat(LearningRates.scaled(0.3, 256, 64)).isCloseTo(0.075, within(1e-15));
    assertThat(LearningRates.scaled(0.3, 256, 256)).isEqualTo(0.3);
  }

  @Test
  void aHistorySurvivesACheckpointExactly() {
    EpochHistory history =
        EpochHistory.empty()
            .plus(Map.of("loss", 0.1 + 0.2))
            .plus(Map.of("loss", 1e-300, "knn", 0.5))
            .plus(Map.of("loss", 3.0));
    Map<String, String> values = history.toValues();
    assertThat(EpochHistory.fromValues(values, 3, List.of("loss", "knn"))).isEqualTo(history);
    assertThat(history.last("knn")).hasValue(0.5);
    assertThat(history.last("accuracy")).isEmpty();
  }
}
