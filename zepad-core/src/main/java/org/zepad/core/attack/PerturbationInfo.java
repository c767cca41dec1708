package org.zepad.core.attack;

import java.util.Map;

/**
 * Where a universal perturbation comes from; saved with it.
 *
 * @param attack the name of the attack plugin
 * @param options its options, kebab-case names to values as in YAML
 * @param seed the seed it was crafted with
 * @param victim what was attacked, for a person; several encoders joined by commas
 * @param victimSha256 the SHA-256 of the weights file of each victim, lower-case hex, or empty
 * @param dataFingerprint the fingerprint of the surrogate images, or empty
 * @param versions names of software to their versions
 */
public record PerturbationInfo(
    String attack,
    Map<String, String> options,
    long seed,
    String victim,
    String victimSha256,
    String dataFingerprint,
    Map<String, String> versions) {
  public PerturbationInfo {
    options = Map.copyOf(options);
    versions = Map.copyOf(versions);
  }
}
