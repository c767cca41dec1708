package org.zepad.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.NoOptions;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.attack.Target;
import org.zepad.api.attack.ThreatModel;
import org.zepad.api.defence.Role;
import org.zepad.api.fusion.Fusion;
import org.zepad.core.detect.ConfidenceGap;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.fusion.RobustFederalDecision;
import org.zepad.core.head.FeatureCache;
import org.zepad.core.head.Features;
import org.zepad.core.head.HeadOptions;
import org.zepad.core.head.HeadTrainer;
import org.zepad.core.metrics.BatchMeans;
import org.zepad.core.metrics.Outcomes;
import org.zepad.core.metrics.Rate;
import org.zepad.core.testkit.Schemas;
import org.zepad.testkit.Golden;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluatorTest {
  private static final int SIZE = 8;
  private static final int CLASSES = 6;
  private static final Fusion FUSION =
      new RobustFederalDecision().create(new RobustFederalDecision.Options(3));

  private RunContext context;
  private NDManager manager;
  private ArrayBatches train;
  private ArrayBatches test;
  private HeadedBranch victim;
  private FusedModel defended;
  private DetectionThreshold threshold;

  @BeforeAll
  void open() {
    context = RunContexts.root(3, Device.cpu(), Progress.silent());
    manager = context.manager();
    train = ArrayBatches.stripes(manager, 200, SIZE, CLASSES, 1);
    test = ArrayBatches.stripes(manager, 150, SIZE, CLASSES, 2);
    victim = branch("victim", Role.MPAE, 11);
    HeadedBranch helper = branch("helper", Role.BMP, 12);
    defended =
        new FusedModel(
            List.of(victim, helper), FUSION, new ConfidenceGap().create(new NoOptions()));
    threshold = Calibration.threshold(defended, train, 0.05, 32);
  }

  @AfterAll
  void close() {
    context.close();
  }

  @Test
  void epsilonZeroGivesExactlyTheCleanAccuracy() {
    Evaluation evaluation = evaluate(universal(0), 32).evaluation();
    for (Figures figures : evaluation.figures()) {
      assertThat(figures.robustAccuracy()).isEqualTo(figures.benignAccuracy());
      assertThat(figures.attackSuccess().hits()).isZero();
      assertThat(figures.misledAmongRight().hits()).isZero();
    }
    DetectionFigures detection = Objects.requireNonNull(evaluation.figures().get(1).detection());
    assertThat(detection.auroc()).isEqualTo(0.5);
    assertThat(detection.truePositives()).isEqualTo(detection.falsePositives());
    assertThat(evaluation.flags()).containsExactly(Flag.ATTACK_INEFFECTIVE);
  }

  @Test
  void theBatchSizeDoesNotMatter() {
    Evaluated whole = evaluate(universal(0.25), 256);
    for (int batch : new int[] {1, 7, 64}) {
      Evaluated part = evaluate(universal(0.25), batch);
      for (int i = 0; i < 2; i++) {
        assertThat(part.measured().get(i).attacked().predictions())
            .isEqualTo(whole.measured().get(i).attacked().predictions());
      }
      Figures a = part.evaluation().figures().get(1);
      Figures b = whole.evaluation().figures().get(1);
      assertThat(a.benignAccuracy()).isEqualTo(b.benignAccuracy());
      assertThat(a.robustTopFive()).isEqualTo(b.robustTopFive());
      assertThat(Objects.requireNonNull(a.detection()).jointAccuracy())
          .isEqualTo(Objects.requireNonNull(b.detection()).jointAccuracy());
    }
  }

  @Test
  void anAttackThatBreaksTheVictimRaisesNoFlag() {
    Evaluated evaluated = evaluate(gradientSign(victim, 0.2, ThreatModel.TRANSFER), 32);
    Evaluation evaluation = evaluated.evaluation();
    assertThat(evaluation.flags()).isEmpty();
    assertThat(evaluation.threatModel()).isEqualTo(ThreatModel.TRANSFER);
    Figures undefended = evaluation.figures().get(0);
    assertThat(undefended.robustAccuracy().value()).isLessThan(undefended.benignAccuracy().value());
    assertThat(undefended.detection()).isNull();
    assertThat(WorstCase.robustAccuracy("victim", List.of(evaluated)))
        .isEqualTo(undefended.robustAccuracy());
    Rate worst =
        WorstCase.robustAccuracy("victim", List.of(evaluated, evaluate(universal(0.25), 32)));
    assertThat(worst.hits()).isLessThanOrEqualTo(undefended.robustAccuracy().hits());
  }

  @Test
  void accuracyFallsAsEpsilonGrows() {
    double before = 1.1;
    for (double epsilon : new double[] {0, 0.05, 0.1, 0.3}) {
      double now =
          evaluate(gradientSign(victim, epsilon, ThreatModel.TRANSFER), 32)
              .evaluation()
              .figures()
              .get(0)
              .robustAccuracy()
              .value();
      assertThat(now).isLessThanOrEqualTo(before);
      before = now;
    }
  }

  @Test
  void theWholeDefenceIsATargetDownToItsDetector() {
    NDArray images = test.images();
    NDArray throughFusion =
        context.ops().gradient(images, x -> defended.logits(x).get(":, 0").sum()).gradient();
    NDArray throughDetector =
        context.ops().gradient(images, x -> defended.forward(x).detection().sum()).gradient();
    for (NDArray gradient : new NDArray[] {throughFusion, throughDetector}) {
      assertThat(gradient.abs().sum().getFloat()).isPositive().isFinite();
    }
    Evaluation adaptive =
        evaluate(gradientSign(defended, 0.2, ThreatModel.ADAPTIVE), 32).evaluation();
    assertThat(adaptive.figures().get(1).robustAccuracy().value())
        .isLessThan(adaptive.figures().get(1).benignAccuracy().value());
  }

  @Test
  void oneBranchIsTheBranchItself() {
    FusedModel single =
        new FusedModel(List.of(victim), FUSION, new ConfidenceGap().create(new NoOptions()));
    assertThat(single.logits(test.images())).isEqualTo(victim.logits(test.images()));
  }

  /** An attack on features reaches the pixels through one branch as through several. */
  @Test
  void featuresAreThoseOfAllBranchesAndDifferentiable() {
    FusedModel single =
        new FusedModel(List.of(victim), FUSION, new ConfidenceGap().create(new NoOptions()));
    assertThat(single.features(test.images())).isEqualTo(victim.features(test.images()));
    long own = victim.encoder().featureDim();
    assertThat(defended.features(test.images()).getShape().get(1)).isGreaterThan(own);
    for (FusedModel model : List.of(single, defended)) {
      float[] gradient =
          context
              .ops()
              .gradient(test.images(), x -> model.features(x).sum())
              .gradient()
              .toFloatArray();
      assertThat(gradient).isNotEqualTo(new float[gradient.length]);
    }
  }

  @Test
  void withoutAVictimTheAttackIsUnchecked() {
    Evaluation evaluation =
        new Evaluator(context, 50)
            .evaluate(
                List.of(Subject.defended("defended", defended, threshold)),
                test,
                universal(0.1),
                Arithmetic.SOUND)
            .evaluation();
    assertThat(evaluation.flags()).containsExactly(Flag.ATTACK_UNCHECKED);
  }

  @Test
  void anAttackThatLeavesItsBudgetIsRefused() {
    SampleAttack cheat =
        new SampleAttack() {
          @Override
          public Budget budget() {
            return new Budget(Norm.LINF, 0.01);
          }

          @Override
          public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext run) {
            return images.mul(0).add(0.5);
          }
        };
    AttackRun attack = new AttackRun.PerSample("cheat", ThreatModel.TRANSFER, cheat, victim);
    assertThatThrownBy(() -> evaluate(attack, 32))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cheat");
  }

  @Test
  void aModelThatGivesNoNumbersIsNamed() {
    Subject broken = Subject.classifier("broken", true, x -> victim.logits(x).mul(Float.NaN));
    assertThatThrownBy(
            () ->
                new Evaluator(context, 50)
                    .evaluate(List.of(broken), test, universal(0.1), Arithmetic.SOUND))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("broken");
  }

  @Test
  void evaluationLeavesNoTensorsBehind() {
    evaluate(universal(0.1), 32);
    int before = manager.getManagedArrays().size();
    AttackRun attack = gradientSign(victim, 0.1, ThreatModel.TRANSFER);
    evaluate(attack, 32);
    assertThat(manager.getManagedArrays().size()).isEqualTo(before);
  }

  /** What was measured is enough to count everything again, and fits the published layout. */
  @Test
  void aRealReportFollowsFromWhatWasMeasuredAndIsInTheSchema() throws IOException {
    Evaluated evaluated = evaluate(gradientSign(victim, 0.2, ThreatModel.TRANSFER), 32);
    Evaluation first = evaluated.evaluation();
    List<Measured> stored =
        evaluated.measured().stream().map(EvaluatorTest::storedAndRebuilt).toList();
    Evaluation again =
        Evaluation.of(
            first.attack(),
            first.threatModel(),
            first.knowledge(),
            first.budget(),
            first.aimedAt(),
            first.arithmetic(),
            32,
            stored);
    assertThat(again).isEqualTo(first);
    BranchConfidences helper = first.figures().get(1).confidences().get(1);
    assertThat(helper.role()).isEqualTo(Role.BMP);
    assertThat(helper.attacked().counts().stream().mapToInt(i -> i).sum()).isEqualTo(150);
    String json =
        Reports.json(
            Report.of("stripes", Map.of("seed", "3"), List.of(evaluated), Findings.none()));
    assertThat(Schemas.problemsOfReport(json)).isEmpty();
  }

  private static Measured storedAndRebuilt(Measured m) {
    return new Measured(
        m.subject(),
        rebuilt(m.clean()),
        rebuilt(m.attacked()),
        m.cleanScores(),
        m.attackedScores(),
        m.cleanConfidences(),
        m.attackedConfidences());
  }

  private static Outcomes rebuilt(Outcomes o) {
    return Outcomes.of(o.classes(), o.labels(), o.predictions(), o.inTopFive());
  }

  static Stream<Path> loops() {
    return Golden.cases("metrics", "loops_");
  }

  @Tag("golden")
  @ParameterizedTest
  @MethodSource("loops")
  void reproducesTheReferencesLoops(Path file) {
    Map<String, NDArray> golden = Golden.load(file, manager);
    NDArray weight = golden.get("w").transpose();
    NDArray mean = golden.get("mean").reshape(1, 3, 1, 1);
    NDArray std = golden.get("std").reshape(1, 3, 1, 1);
    Target linear =
        x ->
            x.sub(mean)
                .div(std)
                .reshape(x.getShape().get(0), -1)
                .matMul(weight)
                .add(golden.get("bias"));
    ArrayBatches images =
        new ArrayBatches(
            golden.get("x"),
            golden.get("labels").toLongArray(),
            (int) golden.get("w").getShape().get(0));
    Perturbation uap = Perturbation.additive(golden.get("uap"), new Budget(Norm.LINF, 1));
    AttackRun attack = new AttackRun.Universal("uap", ThreatModel.TRANSFER, uap);
    int batch = (int) golden.get("batch").toLongArray()[0];
    List<Subject> subjects = List.of(Subject.classifier("linear", true, linear));

    Golden.assertClose(
        "logits_clean", linear.logits(images.images()), golden.get("logits_clean"), 5e-6);
    Figures reference =
        new Evaluator(context, batch)
            .evaluate(subjects, images, attack, Arithmetic.REFERENCE)
            .evaluation()
            .figures()
            .get(0);
    BatchMeans means = Objects.requireNonNull(reference.reference());
    assertPercent(golden, "ref_clean_top1", means.cleanTop1());
    assertPercent(golden, "ref_clean_top5", means.cleanTop5());
    assertPercent(golden, "ref_adv_top1", means.attackedTop1());
    assertPercent(golden, "ref_adv_top5", means.attackedTop5());
    assertPercent(golden, "ref_fooling", means.changed());
    assertPercent(golden, "pooled_clean_top1", reference.benignAccuracy().percent());
    assertPercent(golden, "pooled_adv_top1", reference.robustAccuracy().percent());
    assertPercent(golden, "pooled_fooling", reference.attackSuccess().percent());
    Figures sound =
        new Evaluator(context, 33)
            .evaluate(subjects, images, attack, Arithmetic.SOUND)
            .evaluation()
            .figures()
            .get(0);
    assertPercent(golden, "pooled_adv_top1_clamped", sound.robustAccuracy().percent());
    assertPercent(golden, "pooled_fooling_clamped", sound.attackSuccess().percent());
    assertThat(sound.reference()).isNull();
  }

  private static void assertPercent(Map<String, NDArray> golden, String name, double percent) {
    assertThat(percent).as(name).isCloseTo(Golden.doubles(golden.get(name))[0], within(1e-3));
  }

  private Evaluated evaluate(AttackRun attack, int batchSize) {
    return new Evaluator(context, batchSize)
        .evaluate(
            List.of(
                Subject.classifier("victim", true, victim),
                Subject.defended("defended", defended, threshold)),
            test,
            attack,
            Arithmetic.SOUND);
  }

  private AttackRun universal(double epsilon) {
    context.reseedEngine(5);
    NDArray delta = manager.randomUniform(-1, 1, new Shape(3, SIZE, SIZE)).sign().mul(epsilon);
    return new AttackRun.Universal(
        "noise",
        ThreatModel.TRANSFER,
        Perturbation.additive(delta, new Budget(Norm.LINF, epsilon)));
  }

  private static AttackRun gradientSign(Target target, double epsilon, ThreatModel threatModel) {
    return new AttackRun.PerSample("gradient-sign", threatModel, new GradientSign(epsilon), target);
  }

  private HeadedBranch branch(String name, Role role, long seed) {
    try (RunContext part = context.child(name)) {
      TinyEncoder encoder = new TinyEncoder(manager, SIZE, 24, seed);
      Features features = FeatureCache.inMemory().features(encoder, train, "train", part);
      return new HeadedBranch(
          name,
          role,
          encoder,
          encoder.evaluator(manager),
          HeadTrainer.train(features, null, HeadOptions.defaults().withEpochs(15), context).head());
    }
  }

  /** One step along the sign of the gradient of the cross-entropy. */
  private record GradientSign(double epsilon) implements SampleAttack {
    @Override
    public Budget budget() {
      return new Budget(Norm.LINF, epsilon);
    }

    @Override
    public NDArray perturb(Target target, NDArray images, NDArray labels, RunContext run) {
      NDArray gradient =
          run.ops()
              .gradient(
                  images,
                  x -> target.logits(x).logSoftmax(1).gather(labels.expandDims(1), 1).sum().neg())
              .gradient();
      return images.add(gradient.sign().mul(epsilon)).clip(0, 1);
    }
  }
}
