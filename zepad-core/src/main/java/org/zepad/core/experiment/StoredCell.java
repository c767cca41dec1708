package org.zepad.core.experiment;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.evaluate.Measured;

/**
 * One model under one attack, as it was measured.
 *
 * @param seed the seed of everything random
 * @param victim the name of the victim
 * @param task the name of the task
 * @param attack the name of the attack in the grid
 * @param threatModel what its attacker holds
 * @param knowledge what the attack needs
 * @param budget how much it may change an image
 * @param aimedAt the model that it was made against; null for the public encoder
 * @param provenance what it was measured with: fingerprints, versions
 * @param measured what the model said of each image
 * @param gallery images before and after
 */
record StoredCell(
    long seed,
    String victim,
    String task,
    String attack,
    ThreatModel threatModel,
    Knowledge knowledge,
    Budget budget,
    @Nullable String aimedAt,
    Map<String, String> provenance,
    Measured measured,
    Gallery gallery) {
  StoredCell {
    provenance = new TreeMap<>(provenance);
  }
}
