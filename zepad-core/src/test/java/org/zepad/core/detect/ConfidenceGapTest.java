package org.zepad.core.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zepad.api.NoOptions;
import org.zepad.api.defence.Role;
import org.zepad.api.detector.Detector;

class ConfidenceGapTest {
  private final Detector detector = new ConfidenceGap().create(new NoOptions());

  @Test
  void scoresTheGapBetweenTheRoles() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray c = manager.create(new float[][] {{4, 1, 2}, {0.5f, 3, 1}});
      List<Role> roles = List.of(Role.MPAE, Role.BMP, Role.MPAE);
      assertThat(detector.score(c, roles).toFloatArray()).containsExactly(3, -2);
    }
  }

  @Test
  void aMissingRoleCountsAsNoConfidence() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray c = manager.create(new float[][] {{4, 1}, {0.5f, 3}});
      assertThat(detector.score(c, List.of(Role.MPAE, Role.MPAE)).toFloatArray())
          .containsExactly(4, 3);
      assertThat(detector.score(c, List.of(Role.BMP, Role.BMP)).toFloatArray())
          .containsExactly(-4, -3);
    }
  }

  @Test
  void refusesRolesThatDoNotFit() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray c = manager.create(new float[][] {{4, 1}});
      assertThatThrownBy(() -> detector.score(c, List.of(Role.BMP)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
