package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.api.attack.ThreatModel;
import org.zepad.api.tensor.Scalars;
import org.zepad.core.audit.Audit;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.evaluate.Arithmetic;
import org.zepad.core.evaluate.AttackRun;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Evaluated;
import org.zepad.core.evaluate.Evaluator;
import org.zepad.core.evaluate.Findings;
import org.zepad.core.evaluate.Report;
import org.zepad.core.evaluate.RobustnessCurve;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.plugin.PluginRegistry;

/** Models and attacks that are wrong in one way each must raise its flag, with the real attacks. */
class CanaryTest {
  private static final double EPSILON = 8 / 255.0;

  private static PluginRegistry plugins;
  private static RunContext context;
  private static CanaryImages images;
  private static Canary plain;

  @BeforeAll
  static void open() {
    plugins = PluginRegistry.open(List.of());
    context = RunContexts.root(1, Device.cpu(), Progress.silent());
    images = CanaryImages.draw(context.manager(), 64, 3);
    plain = Canary.plain(images);
  }

  @AfterAll
  static void close() {
    context.close();
  }

  @Test
  void aPlainModelRaisesNone() {
    List<AttackRun> attacks = List.of(toFirstClass(), whiteBox(plain, EPSILON / 4, 10));
    int before = context.manager().getManagedArrays().size();
    Findings findings = audit(plain, attacks);
    assertThat(context.manager().getManagedArrays().size()).isEqualTo(before);
    assertThat(raised(findings)).isEmpty();
    assertThat(findings.checks()).extracting(Check::status).containsOnly(Check.Status.PASSED);
    assertThat(findings.checks())
        .extracting(Check::flag)
        .contains(
            "epsilon-zero-differs",
            "randomised",
            "batch-dependent",
            "probabilities-as-logits",
            "zero-gradients",
            "no-better-than-noise",
            "transfer-beats-white-box",
            "masked-gradients",
            "not-monotone",
            "one-step-beats-iterative",
            "gradient-free-beats-gradient",
            "planted-example-missed");
    RobustnessCurve curve = findings.curves().get(0);
    assertThat(curve.points().get(0).robustAccuracy().value()).isGreaterThan(0.95);
    assertThat(curve.points().get(6).robustAccuracy().value()).isZero();
    assertThat(findings.shifts()).hasSize(5);
  }

  @Test
  void aModelThatRoundsItsInputMasksGradients() {
    Canary rounding =
        plain.before(
            x -> Scalars.times(Scalars.over(x, CanaryImages.LEVEL).round(), CanaryImages.LEVEL));
    assertThat(raised(audit(rounding, List.of(toFirstClass()))))
        .contains("zero-gradients", "masked-gradients", "gradient-free-beats-gradient");
  }

  @Test
  void aModelOfSaturatedLogitsMasksGradients() {
    assertThat(raised(audit(plain.after(z -> Scalars.times(z, 1000)), List.of(toFirstClass()))))
        .contains("zero-gradients", "masked-gradients");
  }

  @Test
  void aRandomModelIsRandomised() {
    SplittableRandom random = new SplittableRandom(9);
    Canary noisy =
        plain.before(
            x -> {
              float[] noise = new float[Math.toIntExact(x.getShape().size())];
              for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) (0.01 * random.nextGaussian());
              }
              return x.add(x.getManager().create(noise, x.getShape()));
            });
    assertThat(raised(fast(noisy, List.of()))).contains("randomised");
  }

  @Test
  void probabilitiesAreNoLogits() {
    assertThat(raised(fast(plain.after(z -> z.softmax(1)), List.of())))
        .containsExactly("probabilities-as-logits");
  }

  @Test
  void aModelThatNormalisesByTheBatchDependsOnIt() {
    Canary normalising = plain.after(z -> z.sub(z.mean(new int[] {0}, true)));
    assertThat(raised(fast(normalising, List.of()))).containsExactly("batch-dependent");
  }

  /** Once a pixel has left the range of clean images it undoes changes of 16 levels, unseen. */
  @Test
  void aModelThatGrowsRobustWithEpsilonIsNotMonotone() {
    double sixteen = 4 * CanaryImages.LEVEL;
    Target restoring =
        x -> {
          NDArray grey = x.sub(CanaryImages.GREY);
          NDArray largest = grey.abs().reshape(x.getShape().get(0), -1).max(new int[] {1}, true);
          NDArray far = largest.gt(1.1 * sixteen).toType(DataType.FLOAT32, false);
          NDArray unseen = context.ops().detach(grey);
          NDArray restored = unseen.sub(unseen.div(sixteen).round().mul(sixteen));
          return plain
              .logits(x)
              .mul(far.sub(1).neg())
              .add(plain.logits(restored.add(CanaryImages.GREY)).mul(far));
        };
    assertThat(raised(audit(restoring, List.of()))).contains("not-monotone");
  }

  /** Steps of two levels find the slope reversed after each of them; one of eight leaps over it. */
  @Test
  void aModelOfWavesFallsToOneStepOnly() {
    Canary waves =
        plain.before(
            x -> {
              NDArray turns = Scalars.times(x, 2 * Math.PI / CanaryImages.LEVEL);
              return x.add(Scalars.times(turns.sin(), CanaryImages.LEVEL / 4));
            });
    assertThat(raised(audit(waves, List.of()))).contains("one-step-beats-iterative");
  }

  @Test
  void noiseIsNoBetterThanNoise() {
    AttackRun noise = universal("feeble", random(), Knowledge.ENCODER);
    assertThat(raised(fast(plain, List.of(noise)))).containsExactly("no-better-than-noise");
    AttackRun baseline = universal("noise", random(), Knowledge.NOTHING);
    assertThat(raised(fast(plain, List.of(baseline)))).isEmpty();
  }

  @Test
  void anAttackOfOneTinyStepMissesThePlantedExampleAndFallsBehindATransfer() {
    AttackRun feeble = whiteBox(plain, EPSILON / 40, 1);
    Findings findings = audit(plain, List.of(toFirstClass(), feeble));
    assertThat(raised(findings))
        .containsExactly("planted-example-missed", "transfer-beats-white-box");
    assertThat(findings.checks())
        .filteredOn(check -> check.flag().equals("planted-example-missed"))
        .extracting(Check::attack, Check::raised)
        .contains(tuple(null, false), tuple(feeble.name(), true));
  }

  @Test
  void withoutAttacksTheChecksThatNeedThemAreNotRun() {
    Findings findings =
        new Audit(
                List.of(Subject.classifier("model", true, plain)),
                images,
                (name, options) -> {
                  throw ZepadException.usage("there is no attack '" + name + "'");
                },
                context)
            .thorough(List.of());
    assertThat(findings.checks()).extracting(Check::status).containsOnly(Check.Status.NOT_RUN);
    assertThat(findings.checks()).extracting(Check::meaning).anyMatch(m -> m.contains("'pgd'"));
    assertThat(findings.curves()).isEmpty();
  }

  @Test
  void aRaisedFlagWithholdsTheVerdictAndNoneGivesIt() {
    assertThat(verdict(plain.before(x -> x)))
        .startsWith("defended keeps benign accuracy")
        .contains("and is not more robust than model under transfer")
        .contains("not checked: transfer-beats-white-box");
    assertThat(verdict(plain.after(z -> z.softmax(1))))
        .isEqualTo("defended against model under transfer: no verdict: probabilities-as-logits");
  }

  private static String verdict(Target defended) {
    List<Subject> subjects =
        List.of(
            Subject.classifier("model", true, plain),
            Subject.classifier("defended", false, defended));
    List<AttackRun> attacks = List.of(toFirstClass());
    List<Evaluated> runs = evaluated(subjects, attacks);
    Findings findings = new Audit(subjects, images, plugins.attacks(), context).fast(attacks, runs);
    return Report.of("canaries", Map.of(), runs, findings).verdicts().get(0).text();
  }

  private static Set<String> raised(Findings findings) {
    Set<String> flags = new TreeSet<>();
    findings.checks().stream().filter(Check::raised).map(Check::flag).forEach(flags::add);
    return flags;
  }

  private static Findings fast(Target model, List<AttackRun> attacks) {
    List<Subject> subjects = List.of(Subject.classifier("model", true, model));
    return new Audit(subjects, images, plugins.attacks(), context)
        .fast(attacks, evaluated(subjects, attacks));
  }

  private static Findings audit(Target model, List<AttackRun> attacks) {
    List<Subject> subjects = List.of(Subject.classifier("model", true, model));
    Audit audit = new Audit(subjects, images, plugins.attacks(), context);
    List<Evaluated> runs = evaluated(subjects, attacks);
    return audit.fast(attacks, runs).plus(audit.thorough(attacks));
  }

  private static List<Evaluated> evaluated(List<Subject> subjects, List<AttackRun> attacks) {
    List<Evaluated> runs = new ArrayList<>();
    for (AttackRun attack : attacks) {
      runs.add(new Evaluator(context, 64).evaluate(subjects, images, attack, Arithmetic.SOUND));
    }
    return runs;
  }

  private static AttackRun whiteBox(Target model, double stepSize, int steps) {
    SampleAttack pgd =
        (SampleAttack)
            plugins.createAttack(
                "pgd", Map.of("epsilon", EPSILON, "step-size", stepSize, "steps", steps));
    return new AttackRun.PerSample(
        "pgd on model", ThreatModel.TRANSFER, Knowledge.MODEL, pgd, model, "model");
  }

  /** A universal perturbation that makes everything look like the first class. */
  private static AttackRun toFirstClass() {
    float[] signs;
    try (NDArray pattern = images.patterns().get(0)) {
      signs = pattern.toFloatArray();
    }
    return universal("to-first-class", signs, Knowledge.ENCODER);
  }

  private static float[] random() {
    SplittableRandom random = new SplittableRandom(17);
    float[] signs = new float[3 * CanaryImages.SIDE * CanaryImages.SIDE];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = random.nextBoolean() ? 1 : -1;
    }
    return signs;
  }

  private static AttackRun universal(String name, float[] signs, Knowledge knowledge) {
    NDManager manager = context.manager();
    NDArray delta = manager.create(signs, new Shape(3, CanaryImages.SIDE, CanaryImages.SIDE));
    // Half of what the pixels differ by: noise of that size leaves the classes apart.
    delta.muli((float) CanaryImages.LEVEL);
    return new AttackRun.Universal(
        name,
        ThreatModel.TRANSFER,
        knowledge,
        Perturbation.additive(delta, new Budget(Norm.LINF, CanaryImages.LEVEL)),
        null);
  }
}
