package org.zepad.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zepad.api.defence.Role;

class IdentityTest {

  @Test
  void optionsThatCameLaterAreLeftOutWhileTheyHaveTheDefault() {
    assertThat(Identity.json(config(new BranchConfig("victim", Role.MPAE, ""))))
        .contains("\"branches\":[{\"encoder\":\"\",\"name\":\"victim\",\"role\":\"mpae\"}]")
        .doesNotContain("damaged");
    assertThat(
            Identity.json(
                config(
                    new BranchConfig(
                        "victim", Role.MPAE, "", new Choice("trades", Map.of("beta", 3))))))
        .contains("\"hardening\":{\"name\":\"trades\",\"options\":{\"beta\":3}}");
  }

  private static HardenConfig config(BranchConfig branch) {
    return new HardenConfig(
        List.of(branch),
        new Choice("zepad", Map.of()),
        new DataConfig("shapes", Map.of(), 0, 0, 0.1, 32, Damaged.REFUSE),
        new Choice("equal", Map.of()),
        new Choice("confidence-gap", Map.of()));
  }
}
