package org.zepad.api.encoder;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an encoder is and where it comes from; saved beside its weights.
 *
 * @param backbone the name of the backbone plugin
 * @param backboneOptions its options, kebab-case names to values as in YAML
 * @param method the SSL method that pre-trained it, or {@code unknown}
 * @param preprocessing its own pre-processing
 * @param provenance facts such as seed, data set, data fingerprint, epochs, versions, hardening
 */
public record EncoderInfo(
    String backbone,
    Map<String, Object> backboneOptions,
    String method,
    Preprocessing preprocessing,
    Map<String, String> provenance) {
  public EncoderInfo {
    // Sorted: texts made of it identify checkpoints, in this process and in later ones.
    backboneOptions = Collections.unmodifiableMap(new TreeMap<>(backboneOptions));
    provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
  }

  /** The same with a fact more, or another value of it, in its provenance. */
  public EncoderInfo with(String fact, String value) {
    Map<String, String> facts = new TreeMap<>(provenance);
    facts.put(fact, value);
    return new EncoderInfo(backbone, backboneOptions, method, preprocessing, facts);
  }
}
