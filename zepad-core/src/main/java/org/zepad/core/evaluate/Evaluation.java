package org.zepad.core.evaluate;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.ThreatModel;

/**
 * The figures of models under one attack.
 *
 * @param attack its name
 * @param threatModel what the attacker holds
 * @param budget how much it may change an image
 * @param arithmetic how attacked images and figures were made
 * @param images how many test images
 * @param classes how many classes
 * @param figures one for each subject, in the order in which they were given
 * @param flags what must be known before believing it, in the order of their declaration
 */
public record Evaluation(
    String attack,
    ThreatModel threatModel,
    Budget budget,
    Arithmetic arithmetic,
    int images,
    int classes,
    List<Figures> figures,
    Set<Flag> flags) {
  public Evaluation {
    figures = List.copyOf(figures);
    flags = Collections.unmodifiableSet(new TreeSet<>(flags));
  }
}
