package org.zepad.core.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found beside the figures.
 *
 * @param checks every self-check, raised or not
 * @param curves accuracy over epsilon
 * @param shifts what models do with unusual benign images
 */
public record Findings(List<Check> checks, List<RobustnessCurve> curves, List<BenignShift> shifts) {

  /** The flag of a report whose self-checks were not run at all. */
  public static final String UNCHECKED = "self-checks-not-run";

  public Findings {
    checks = List.copyOf(checks);
    curves = List.copyOf(curves);
    shifts = List.copyOf(shifts);
  }

  /** Nothing: no self-check was run, so there will be no verdict. */
  public static Findings none() {
    return new Findings(List.of(), List.of(), List.of());
  }

  /** Both. */
  public Findings plus(Findings other) {
    return new Findings(
        joined(checks, other.checks), joined(curves, other.curves), joined(shifts, other.shifts));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
