package org.zepad.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.zepad.core.evaluate.BenignShift;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Report;
import org.zepad.core.evaluate.Verdict;

/** Self-checks and verdicts on the screen: what is raised in full, what passed by its name. */
final class Checks {
  private Checks() {}

  static void print(GlobalOptions options, Report report) {
    for (BenignShift shift : report.findings().shifts()) {
      options
          .out()
          .printf(
              "  %s on %s: accuracy %s, false positives %s%n",
              shift.subject(),
              shift.shift(),
              shift.accuracy() == null ? "none" : Results.percent(shift.accuracy()),
              shift.falsePositives() == null ? "none" : Results.percent(shift.falsePositives()));
    }
    report.findings().checks().stream()
        .filter(Check::raised)
        .forEach(check -> options.out().println("  flag: " + raised(check)));
    passed(report).ifPresent(names -> options.out().println("  Self-checks passed: " + names));
    notRun(report)
        .forEach(
            (reason, subjects) ->
                options.out().println("  not run for " + subjects + ": " + reason));
    for (Verdict verdict : report.verdicts()) {
      options.out().println("  " + verdict.text());
    }
  }

  private static String raised(Check check) {
    return String.format(
        Locale.ROOT,
        "%s%s%s: %.3g, limit %.3g: %s",
        check.flag(),
        check.subject() == null ? "" : " of " + check.subject(),
        check.attack() == null ? "" : " under " + check.attack(),
        check.figure(),
        check.limit(),
        check.meaning());
  }

  /** The flags of checks that passed for everything that they concern. */
  private static Optional<String> passed(Report report) {
    Set<String> names =
        report.findings().checks().stream()
            .filter(check -> check.status() == Check.Status.PASSED)
            .map(Check::flag)
            .collect(Collectors.toCollection(TreeSet::new));
    report.findings().checks().stream()
        .filter(Check::raised)
        .map(Check::flag)
        .forEach(names::remove);
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
  }

  private static Map<String, String> notRun(Report report) {
    Map<String, String> reasons = new LinkedHashMap<>();
    report.findings().checks().stream()
        .filter(check -> check.status() == Check.Status.NOT_RUN)
        .forEach(
            check ->
                reasons.merge(
                    check.flag() + ": " + check.meaning(),
                    String.valueOf(check.subject()),
                    (a, b) -> a + ", " + b));
    return reasons;
  }
}
