package org.zepad.core.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.zepad.api.ZepadException;
import org.zepad.core.attack.PerturbationInfo;
import org.zepad.core.io.Sha256;
import org.zepad.core.plugin.OptionsBinder;

/** Says whether a product on disk is the one that a configuration would make. */
public final class Identity {
  /** The key under which a product's provenance holds it. */
  static final String KEY = "configuration-sha256";

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  private static final Map<String, Object> LATER_DEFAULTS =
      Map.of("damaged", "refuse", "hardening", Map.of("name", "", "options", Map.of()));

  private Identity() {}

  /**
   * The configuration as JSON with sorted keys, for provenance. Options that came later are left
   * out while they have the default, which does what was done before: so what older versions made
   * is still what the same configuration makes.
   */
  static String json(Record config) {
    try {
      return JSON.writeValueAsString(withoutLaterDefaults(OptionsBinder.toMap(config)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object withoutLaterDefaults(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> kept = new LinkedHashMap<>();
      map.forEach(
          (key, each) -> {
            Object later = LATER_DEFAULTS.get(key);
            if (later == null || !later.equals(each)) {
              kept.put(key, withoutLaterDefaults(each));
            }
          });
      return kept;
    }
    return value instanceof List<?> list
        ? list.stream().map(Identity::withoutLaterDefaults).toList()
        : value;
  }

  /** A fingerprint of everything that decides a perturbation, for its working folder. */
  static String of(PerturbationInfo info) {
    String text =
        String.join(
            "\n",
            info.attack(),
            new TreeMap<>(info.options()).toString(),
            Long.toString(info.seed()),
            info.victimSha256(),
            info.dataFingerprint());
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /** A fingerprint of a configuration, a seed, and the fingerprints of the inputs. */
  public static String of(Record config, long seed, String... inputs) {
    String text = json(config) + "\nseed " + seed + "\n" + String.join("\n", inputs);
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Checks that a product that exists is the wanted one.
   *
   * @param found its identity
   * @throws ZepadException of kind USAGE if it is not
   */
  static void require(Path product, String found, String wanted) {
    require(product, found.equals(wanted));
  }

  /** As above, the comparison made already. */
  static void require(Path product, boolean same) {
    if (!same) {
      throw ZepadException.usage(
          product
              + " exists and was made with another configuration, seed or input. Delete it, or"
              + " choose another place, to make it anew; nothing was changed.");
    }
  }
}
