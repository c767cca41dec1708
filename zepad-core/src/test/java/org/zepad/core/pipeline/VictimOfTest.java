package org.zepad.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.attack.PerturbationInfo;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.bundle.PluginChoice;

class VictimOfTest {
  private static final Map<String, BundleManifest> BUNDLES =
      new TreeMap<>(
          Map.of(
              "plain", bundle("none", "public"), "zepad", bundle("zepad", "hardened", "public")));

  @Test
  void aPerturbationOnAHardenedEncoderIsKnown() {
    assertThat(VictimOf.hardened(on("hardened"), BUNDLES)).contains("zepad");
    assertThat(VictimOf.hardened(on("other,hardened"), BUNDLES)).contains("zepad");
  }

  /** A branch that is left as it was published is as public as the victim. */
  @Test
  void aPublicEncoderIsNoneEvenInsideADefence() {
    assertThat(VictimOf.hardened(on("public"), BUNDLES)).isEmpty();
    assertThat(VictimOf.hardened(on(""), BUNDLES)).isEmpty();
  }

  private static PerturbationInfo on(String sha256) {
    return new PerturbationInfo("uap", Map.of(), 1, "victim", sha256, "", Map.of());
  }

  private static BundleManifest bundle(String defence, String... encoders) {
    List<BundleManifest.BranchEntry> branches =
        List.of(encoders).stream()
            .map(
                name ->
                    new BundleManifest.BranchEntry(
                        name, Role.MPAE, "encoders/" + name, Preprocessing.imagenet(8)))
            .toList();
    Map<String, String> files = new TreeMap<>();
    for (String name : encoders) {
      files.put("encoders/" + name, name);
    }
    PluginChoice none = new PluginChoice("none", Map.of());
    return new BundleManifest(
        branches, none, none, List.of(), Map.of(HardenStep.DEFENCE, defence), files);
  }
}
