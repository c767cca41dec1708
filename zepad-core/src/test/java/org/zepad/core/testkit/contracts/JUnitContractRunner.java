package org.zepad.core.testkit.contracts;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.zepad.api.Progress;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.core.check.ContractResult;
import org.zepad.core.check.ContractResult.Outcome;
import org.zepad.core.check.ContractRunner;
import org.zepad.core.check.Subject;
import org.zepad.core.plugin.PluginKind;

/** Runs the contracts with JUnit. */
public final class JUnitContractRunner implements ContractRunner {
  private static final Map<PluginKind, Class<?>> CONTRACTS =
      Map.of(
          PluginKind.BACKBONE, BackboneCheck.class,
          PluginKind.SSL_METHOD, SslMethodCheck.class,
          PluginKind.DATASET, DatasetCheck.class,
          PluginKind.DEFENCE, DefenceCheck.class,
          PluginKind.FUSION, FusionCheck.class,
          PluginKind.DETECTOR, DetectorCheck.class);

  @Override
  public List<ContractResult> run(Subject subject, Progress progress) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(JUnitContractRunner.class.getClassLoader());
    Current.set(subject);
    try {
      Launcher launcher =
          LauncherFactory.create(
              LauncherConfig.builder()
                  .enableTestEngineAutoRegistration(false)
                  .enableLauncherSessionListenerAutoRegistration(false)
                  .enableLauncherDiscoveryListenerAutoRegistration(false)
                  .enableTestExecutionListenerAutoRegistration(false)
                  .enablePostDiscoveryFilterAutoRegistration(false)
                  .addTestEngines(new JupiterTestEngine())
                  .build());
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selectClass(contract(subject)))
              // A file of that name on the plugin's own path has no say in this.
              .enableImplicitConfigurationParameters(false)
              .build();
      Clauses clauses = new Clauses(subject, progress);
      launcher.execute(request, clauses);
      return clauses.results;
    } finally {
      Current.clear();
      thread.setContextClassLoader(before);
    }
  }

  private static Class<?> contract(Subject subject) {
    if (subject.plugin().kind() != PluginKind.ATTACK) {
      return CONTRACTS.get(subject.plugin().kind());
    }
    boolean universal =
        subject.registry().createAttack(subject.plugin().name(), subject.options())
            instanceof UniversalAttack;
    return universal ? UniversalAttackCheck.class : SampleAttackCheck.class;
  }

  /** Takes down what becomes of each clause. */
  private static final class Clauses implements TestExecutionListener {
    final List<ContractResult> results = new ArrayList<>();
    private final Subject subject;
    private final Progress progress;

    Clauses(Subject subject, Progress progress) {
      this.subject = subject;
      this.progress = progress;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
      progress.start(
          subject.plugin().kind().label() + " '" + subject.plugin().name() + "'",
          Math.max(1, plan.countTestIdentifiers(TestIdentifier::isTest)));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      add(test, Outcome.SKIPPED, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      String message = result.getThrowable().map(JUnitContractRunner::message).orElse("").strip();
      switch (result.getStatus()) {
        case SUCCESSFUL -> {
          if (test.isTest()) {
            add(test, Outcome.KEPT, "");
          }
        }
        case ABORTED -> add(test, Outcome.SKIPPED, message);
        // A container fails when the contract cannot even begin.
        case FAILED -> add(test, Outcome.BROKEN, message);
      }
    }

    private void add(TestIdentifier test, Outcome outcome, String message) {
      results.add(new ContractResult(words(test.getDisplayName()), outcome, message));
      progress.update(results.size(), "");
    }
  }

  private static String message(Throwable thrown) {
    String message = thrown.getMessage();
    return thrown instanceof AssertionError && message != null ? message : thrown.toString();
  }

  /** {@code theSeedDecides()} in words. */
  private static String words(String method) {
    return method.replaceAll("\\(.*\\)$", "").replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }
}
