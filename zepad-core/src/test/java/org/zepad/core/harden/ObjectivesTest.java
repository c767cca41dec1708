package org.zepad.core.harden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.engine.RunContexts;

/** The objectives against their papers' formulas, written out in double precision. */
class ObjectivesTest {
  private static final int ROWS = 4;
  private static final int CLASSES = 3;
  private static final int[] LABELS = {0, 2, 1, 1};

  /**
   * An objective and what it should be.
   *
   * @param formula of clean and attacked logits
   */
  private record Case(Objective objective, Formula formula) {
    @Override
    public String toString() {
      return objective.name();
    }
  }

  private interface Formula {
    double of(double[][] clean, double[][] attacked);
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            new CleanCrossEntropy(EpochChoice.BENIGN),
            (clean, attacked) -> mean(i -> -Math.log(softmax(clean[i])[LABELS[i]]))),
        new Case(
            new AdversarialCrossEntropy(),
            (clean, attacked) -> mean(i -> -Math.log(softmax(attacked[i])[LABELS[i]]))),
        new Case(
            new Trades(6),
            (clean, attacked) ->
                mean(
                    i ->
                        -Math.log(softmax(clean[i])[LABELS[i]])
                            + 6 * divergence(clean[i], attacked[i]))),
        new Case(
            new Mart(5),
            (clean, attacked) ->
                mean(
                    i ->
                        boosted(attacked[i], LABELS[i])
                            + 5
                                * divergence(clean[i], attacked[i])
                                * (1 - softmax(clean[i])[LABELS[i]]))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossAndGradientsAreThoseOfTheFormula(Case tested) {
    double[][] clean = logits(1);
    double[][] attacked = logits(2);
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager manager = context.manager();
      NDArray labels = manager.create(new long[] {0, 2, 1, 1});
      BinaryOperator<NDArray> loss = (a, b) -> loss(tested.objective(), a, b, labels).total();
      double expected = tested.formula().of(clean, attacked);
      assertThat(number(loss.apply(array(clean, manager), array(attacked, manager))))
          .isCloseTo(expected, within(2e-6 * Math.max(1, expected)));

      NDArray b = array(attacked, manager);
      // Added as nothing, so that there is a gradient even where one of the two takes no part.
      NDArray byClean =
          context
              .ops()
              .gradient(array(clean, manager), a -> loss.apply(a, b).add(a.sub(a).sum()))
              .gradient();
      close(byClean, clean, moved -> tested.formula().of(moved, attacked));
      NDArray a = array(clean, manager);
      NDArray byAttacked =
          context
              .ops()
              .gradient(array(attacked, manager), x -> loss.apply(a, x).add(x.sub(x).sum()))
              .gradient();
      close(byAttacked, attacked, moved -> tested.formula().of(clean, moved));
    }
  }

  @Test
  void martsBoostedPartStaysFiniteWhereAWrongClassIsCertain() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager manager = context.manager();
      NDArray attacked = manager.create(new float[] {0, 200, -3}, new Shape(1, 3));
      NDArray clean = manager.create(new float[] {1, 0, 0}, new Shape(1, 3));
      NDArray labels = manager.create(new long[] {0});
      Objective.Loss loss = loss(new Mart(0), clean, attacked, labels);
      // -ln p_0 = 200, and -ln(1 - p_1) = 200 - ln(1 + e^-3).
      assertThat(number(loss.total())).isCloseTo(400 - Math.log1p(Math.exp(-3)), within(1e-4));
    }
  }

  @Test
  void martOfTwoClassesIsTwiceTheCrossEntropy() {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager manager = context.manager();
      NDArray attacked = manager.create(new float[] {0.3f, 1.1f}, new Shape(1, 2));
      NDArray labels = manager.create(new long[] {0});
      Objective.Loss loss = loss(new Mart(0), attacked, attacked, labels);
      assertThat(number(loss.total())).isCloseTo(2 * Math.log1p(Math.exp(0.8)), within(1e-6));
    }
  }

  @Test
  void partsAreNamedAndUnweighted() {
    double[][] clean = logits(1);
    double[][] attacked = logits(2);
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager manager = context.manager();
      NDArray labels = manager.create(new long[] {0, 2, 1, 1});
      Map<String, NDArray> parts =
          loss(new Trades(6), array(clean, manager), array(attacked, manager), labels).parts();
      assertThat(parts.keySet()).containsExactly("clean", "divergence");
      assertThat((double) parts.get("divergence").getFloat())
          .isCloseTo(mean(i -> divergence(clean[i], attacked[i])), within(1e-6));
    }
  }

  @Test
  void theBestBenignEpochWithinTheToleranceIsKept() {
    EpochChoice choice = EpochChoice.benignWithin(0.05);
    EpochResult start = new EpochResult(0, Map.of(), 100, 70, 50);
    EpochResult allowed = new EpochResult(1, Map.of(), 100, 80, 45);
    EpochResult forbidden = new EpochResult(2, Map.of(), 100, 90, 44);
    EpochResult worse = new EpochResult(3, Map.of(), 100, 60, 60);
    assertThat(choice.of(List.of(start, allowed, forbidden, worse))).isEqualTo(allowed);
    assertThat(choice.of(List.of(start, forbidden, worse))).isEqualTo(start);
    assertThat(EpochChoice.BENIGN.of(List.of(start, allowed, forbidden))).isEqualTo(forbidden);
    assertThat(EpochChoice.ROBUST.of(List.of(start, allowed, worse))).isEqualTo(worse);
  }

  @Test
  void aHistorySurvivesAsText() {
    List<List<EpochResult>> stages =
        List.of(
            List.of(new EpochResult(1, Map.of("total", 0.1 + 0.2), 7, 5, 3)),
            List.of(
                new EpochResult(0, Map.of(), 7, 5, 3),
                new EpochResult(1, Map.of("total", 1e-9), 7, 6, 3)));
    String text = TuningHistory.write(stages);
    assertThat(TuningHistory.read(text)).isEqualTo(stages);
    assertThat(text)
        .startsWith(
            "[{\"stage\":1,\"epoch\":1,\"losses\":{\"total\":0.30000000000000004},\"images\":7,"
                + "\"benign\":5,\"robust\":3},{\"stage\":2,\"epoch\":0,\"losses\":{},");
  }

  private static double number(NDArray scalar) {
    return scalar.toType(DataType.FLOAT64, false).getDouble();
  }

  /** The model is the identity: a batch's images are its logits. */
  private static Objective.Loss loss(
      Objective objective, NDArray clean, NDArray attacked, NDArray labels) {
    return objective.loss(new Objective.Batch(x -> x, clean, attacked, labels));
  }

  private static void close(NDArray gradient, double[][] at, ToDoubleFunction<double[][]> formula) {
    float[] found = gradient.toFloatArray();
    double h = 1e-5;
    for (int i = 0; i < ROWS; i++) {
      for (int k = 0; k < CLASSES; k++) {
        double value = at[i][k];
        at[i][k] = value + h;
        double above = formula.applyAsDouble(at);
        at[i][k] = value - h;
        double below = formula.applyAsDouble(at);
        at[i][k] = value;
        assertThat((double) found[i * CLASSES + k])
            .isCloseTo((above - below) / (2 * h), within(5e-6));
      }
    }
  }

  private static NDArray array(double[][] values, NDManager manager) {
    float[] flat = new float[ROWS * CLASSES];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) values[i / CLASSES][i % CLASSES];
    }
    return manager.create(flat, new Shape(ROWS, CLASSES));
  }

  private static double[][] logits(long seed) {
    Random random = new Random(seed);
    double[][] logits = new double[ROWS][CLASSES];
    for (double[] row : logits) {
      for (int k = 0; k < CLASSES; k++) {
        row[k] = (float) (1.5 * random.nextGaussian());
      }
    }
    return logits;
  }

  private static double mean(IntToDoubleFunction each) {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += each.applyAsDouble(i);
    }
    return sum / ROWS;
  }

  private static double[] softmax(double[] logits) {
    double sum = 0;
    double[] p = new double[logits.length];
    for (int k = 0; k < p.length; k++) {
      p[k] = Math.exp(logits[k]);
      sum += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= sum;
    }
    return p;
  }

  private static double divergence(double[] a, double[] b) {
    double[] p = softmax(a);
    double[] q = softmax(b);
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      sum += p[k] * Math.log(p[k] / q[k]);
    }
    return sum;
  }

  private static double boosted(double[] logits, int label) {
    double[] p = softmax(logits);
    double wrong = 0;
    for (int k = 0; k < p.length; k++) {
      wrong = k == label ? wrong : Math.max(wrong, p[k]);
    }
    return -Math.log(p[label]) - Math.log(1 - wrong);
  }
}
