package org.zepad.compatibility;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.zepad.api.ApiVersion;

/**
 * How an api differs from an earlier one.
 *
 * @param removed what is gone or declared otherwise: code that uses it fails
 * @param required what a type that there was before asks of those who implement it: they fail
 * @param added everything else that is new
 */
record ApiChanges(List<String> removed, List<String> required, List<String> added) {

  static ApiChanges between(ApiSignatures before, ApiSignatures now) {
    return new ApiChanges(
        lines(before.without(now)),
        lines(now.without(before).filter(change -> isRequired(change, before))),
        lines(now.without(before).filter(change -> !isRequired(change, before))));
  }

  private static List<String> lines(Stream<Map.Entry<String, String>> changes) {
    return changes.map(Map.Entry::getValue).toList();
  }

  private static boolean isRequired(Map.Entry<String, String> change, ApiSignatures before) {
    String signature = change.getValue();
    return before.types().containsKey(change.getKey())
        && signature.contains(" abstract ")
        && signature.contains("(")
        && !signature.endsWith(" default");
  }

  /** The least version that says so, after the one before. */
  ApiVersion least(ApiVersion before) {
    if (!removed.isEmpty() || !required.isEmpty()) {
      return new ApiVersion(before.major() + 1, 0);
    }
    return added.isEmpty() ? before : new ApiVersion(before.major(), before.minor() + 1);
  }
}
