package org.zepad.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReadoutTest {

  @Test
  void thePlantedRowIsAboveZeroAndAllOthersBelow() {
    SplittableRandom random = new SplittableRandom(8);
    float[][] rows = new float[40][100];
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    Readout readout = Readout.separating(rows).orElseThrow();
    for (int i = 0; i < rows.length; i++) {
      double logit = readout.bias();
      for (int j = 0; j < 100; j++) {
        logit += readout.weight()[j] * rows[i][j];
      }
      assertThat(logit > 0).isEqualTo(i == rows.length - 1);
    }
  }

  @Test
  void whatIsAllTheSameCannotBeToldApart() {
    assertThat(Readout.separating(new float[10][5])).isEmpty();
  }
}
