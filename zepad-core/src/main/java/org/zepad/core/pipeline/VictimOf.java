package org.zepad.core.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zepad.core.attack.PerturbationInfo;
import org.zepad.core.bundle.BundleManifest;

/**
 * Whom a universal perturbation was crafted on, told by the SHA-256 of the victim's weights: if
 * that is an encoder of a defended bundle, its attacker held more than the public victim.
 */
final class VictimOf {
  private VictimOf() {}

  /**
   * The name of the defended bundle that has one of the victims among its encoders. An encoder that
   * an undefended bundle has, too, is public, and does not count.
   *
   * @param bundles those under evaluation, by name
   */
  static Optional<String> hardened(PerturbationInfo info, Map<String, BundleManifest> bundles) {
    List<String> victims = List.of(info.victimSha256().split(","));
    List<String> published = new ArrayList<>();
    bundles.values().stream()
        .filter(VictimOf::isUndefended)
        .forEach(manifest -> published.addAll(encoders(manifest)));
    return bundles.entrySet().stream()
        .filter(bundle -> !isUndefended(bundle.getValue()))
        .filter(
            bundle -> {
              List<String> own = new ArrayList<>(encoders(bundle.getValue()));
              own.removeAll(published);
              return !Collections.disjoint(own, victims);
            })
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether a bundle is the victim as published. */
  static boolean isUndefended(BundleManifest manifest) {
    return "none".equals(manifest.provenance().get(HardenStep.DEFENCE));
  }

  private static List<String> encoders(BundleManifest manifest) {
    return manifest.branches().stream()
        .map(branch -> manifest.files().getOrDefault(branch.encoder(), ""))
        .filter(sha256 -> !sha256.isEmpty())
        .toList();
  }
}
