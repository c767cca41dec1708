package org.zepad.core.audit;

import java.util.List;
import org.zepad.core.evaluate.Check;

/** Looks for one sign that an evaluation flatters a model. Stateless. */
@FunctionalInterface
interface SelfCheck {

  /** The results, one for each model or attack that it concerns. */
  List<Check> run(Bench bench);
}
