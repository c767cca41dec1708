package org.zepad.encoders.ssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.api.tensor.TensorOps.ValueAndGradient;
import org.zepad.core.engine.RunContexts;
import org.zepad.encoders.layers.IterativeNorm;
import org.zepad.testkit.Golden;

@Tag("golden")
class SslGoldenTest {
  private RunContext context;
  private NDManager scope;
  private TensorOps ops;

  @BeforeEach
  void open() {
    context = RunContexts.root(1, Device.cpu(), Progress.silent());
    scope = context.manager().newSubManager();
    ops = context.ops();
  }

  @AfterEach
  void close() {
    context.close();
  }

  static Stream<Path> contrastive() {
    return Stream.concat(Golden.cases("ssl", "simclr"), Golden.cases("ssl", "supcon"));
  }

  @ParameterizedTest
  @MethodSource
  void contrastive(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    NDArray indexes = golden.get("indexes").toType(DataType.INT64, false);
    double temperature = scalar(golden, "temperature");
    check(golden, "z", z -> Losses.contrastive(z, indexes, temperature, ops), 5e-6, 1e-5);
  }

  @Test
  void contrastiveNeverOverflows() {
    NDArray z = scope.create(new float[][] {{1, 0}, {1, 0}, {0, 1}, {0, 1}});
    NDArray loss = Losses.contrastive(z, scope.create(new long[] {0, 0, 1, 1}), 0.001, ops);
    assertThat(loss.getFloat()).isZero();
  }

  @ParameterizedTest
  @MethodSource("byolCases")
  void cosineDistance(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    check(golden, "p", p -> Losses.cosineDistance(p, golden.get("z")), 5e-6, 1e-5);
  }

  static Stream<Path> byolCases() {
    return Golden.cases("ssl", "byol");
  }

  @ParameterizedTest
  @MethodSource("whiteningCases")
  void whitening(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    Whitening whitening = new Whitening(20, scalar(golden, "eps"), false, ops);
    Golden.assertClose(
        "whitened", whitening.whiten(golden.get("x")), golden.get("whitened_hp"), 3e-5);
    check(golden, "x", x -> whitening.whiten(x).mul(golden.get("upstream")).sum(), 3e-5, 5e-5);
  }

  static Stream<Path> whiteningCases() {
    return Golden.cases("ssl", "wmse_whitening");
  }

  @ParameterizedTest
  @MethodSource("wmseSteps")
  void wmseStep(Path file) {
    boolean both = file.getFileName().toString().contains("both");
    Map<String, NDArray> golden = Golden.load(file, scope);
    int batch = (int) scalar(golden, "batch");
    long[] flat = golden.get("perms").toType(DataType.INT64, false).toLongArray();
    long[][] permutations = new long[flat.length / batch][batch];
    for (int i = 0; i < flat.length; i++) {
      permutations[i / batch][i % batch] = flat[i];
    }
    Whitening whitening = new Whitening((int) scalar(golden, "whitening_size"), 0, !both, ops);
    check(
        golden,
        "v",
        v -> whitening.loss(v.get("0:" + batch), v.get(batch + ":"), permutations),
        3e-5,
        5e-5);
  }

  static Stream<Path> simsiamCases() {
    return Golden.cases("ssl", "simsiam");
  }

  @ParameterizedTest
  @MethodSource("simsiamCases")
  void similarity(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    check(golden, "p", p -> Losses.similarity(p, golden.get("z")).neg(), 5e-6, 1e-5);
  }

  static Stream<Path> barlowCases() {
    return Golden.cases("ssl", "barlow");
  }

  @ParameterizedTest
  @MethodSource("barlowCases")
  void redundancy(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    double lambda = scalar(golden, "lamb");
    double scale = scalar(golden, "scale_loss");
    NDArray first = golden.get("z1");
    NDArray second = golden.get("z2");
    check(
        golden, "z1", z -> Scalars.times(Losses.redundancy(z, second, lambda), scale), 5e-6, 5e-5);
    check(golden, "z2", z -> Scalars.times(Losses.redundancy(first, z, lambda), scale), 5e-6, 5e-5);
  }

  static Stream<Path> regularised() {
    return Stream.concat(Golden.cases("ssl", "vicreg"), Golden.cases("ssl", "vibcreg"))
        .filter(file -> !file.getFileName().toString().contains("iternorm"));
  }

  @ParameterizedTest
  @MethodSource
  void regularised(Path file) {
    boolean normalised = file.getFileName().toString().startsWith("vibcreg");
    Map<String, NDArray> golden = Golden.load(file, scope);
    double[] weights = Golden.doubles(golden.get("weights"));
    UnaryOperator<NDArray> covariance =
        normalised ? Losses::normalisedCovariance : Losses::covariance;
    NDArray first = golden.get("z1");
    NDArray second = golden.get("z2");
    BinaryOperator<NDArray> loss =
        (a, b) -> Losses.regularised(a, b, weights[0], weights[1], weights[2], covariance);
    check(golden, "z1", z -> loss.apply(z, second), 5e-6, 1e-5);
    check(golden, "z2", z -> loss.apply(first, z), 5e-6, 1e-5);
    if (golden.containsKey("invariance_hp")) {
      Golden.assertClose(
          "invariance", Losses.invariance(first, second), golden.get("invariance_hp"), 5e-6);
      Golden.assertClose(
          "variance",
          Losses.variance(first).add(Losses.variance(second)),
          golden.get("variance_hp"),
          5e-6);
      Golden.assertClose(
          "covariance",
          covariance.apply(first).add(covariance.apply(second)),
          golden.get("covariance_hp"),
          5e-6);
    }
  }

  static Stream<Path> iterativeCases() {
    return Golden.cases("ssl", "vibcreg_iternorm");
  }

  @ParameterizedTest
  @MethodSource("iterativeCases")
  void iterativeNorm(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    StateDict state = new StateDict(scope);
    NDArray x = golden.get("x");
    IterativeNorm norm =
        new IterativeNorm(
            state,
            "norm",
            (int) x.getShape().get(1),
            (int) scalar(golden, "groups"),
            (int) scalar(golden, "iterations"),
            ops);
    Golden.assertClose("out", norm.apply(x, true), golden.get("out_hp"), 3e-5);
    for (String part : new String[] {"running_mean", "running_wm"}) {
      Golden.assertClose(part, state.get("norm." + part), golden.get(part + "_hp"), 3e-5);
    }
    Golden.assertClose("evaluation", norm.apply(x, false), golden.get("out_eval_hp"), 3e-5);
    check(golden, "x", z -> norm.apply(z, true).mul(golden.get("upstream")).sum(), 3e-5, 5e-5);
  }

  static Stream<Path> mocoV3Cases() {
    return Golden.cases("ssl", "mocov3");
  }

  @ParameterizedTest
  @MethodSource("mocoV3Cases")
  void ownKey(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    double temperature = scalar(golden, "temperature");
    check(
        golden,
        "query",
        query -> Losses.ownKey(query, golden.get("key"), temperature, ops),
        5e-6,
        1e-5);
  }

  static Stream<Path> mocoV2Cases() {
    return Golden.cases("ssl", "mocov2plus");
  }

  @ParameterizedTest
  @MethodSource("mocoV2Cases")
  void ownKeyAgainstQueue(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    double temperature = scalar(golden, "temperature");
    NDArray query = golden.get("query");
    NDArray key = golden.get("key");
    NDArray queue = golden.get("queue").transpose();
    check(
        golden,
        "query",
        q -> Losses.ownKeyAgainstQueue(q, key, queue, temperature, ops),
        5e-6,
        1e-5);
    check(
        golden,
        "key",
        k -> Losses.ownKeyAgainstQueue(query, k, queue, temperature, ops),
        5e-6,
        1e-5);
  }

  static Stream<Path> nnclrCases() {
    return Golden.cases("ssl", "nnclr");
  }

  @ParameterizedTest
  @MethodSource("nnclrCases")
  void neighbours(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    double temperature = scalar(golden, "temperature");
    NDArray queue = golden.get("queue");
    NDArray nearest = Losses.nearest(golden.get("z"), queue, ops);
    NDArray index = golden.get("nn_index").toType(DataType.INT64, false);
    assertThat(nearest.toFloatArray()).isEqualTo(queue.get(index).toFloatArray());
    Golden.assertClose("neighbours", nearest, golden.get("nn_hp"), 1e-6);
    check(golden, "p", p -> Losses.neighbours(nearest, p, temperature, ops), 5e-6, 1e-5);
  }

  static Stream<Path> resslCases() {
    return Golden.cases("ssl", "ressl");
  }

  @ParameterizedTest
  @MethodSource("resslCases")
  void relation(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    double queryTemperature = scalar(golden, "temperature_q");
    double keyTemperature = scalar(golden, "temperature_k");
    NDArray key = golden.get("key");
    NDArray queue = golden.get("queue");
    check(
        golden,
        "query",
        q -> Losses.relation(q, key, queue, queryTemperature, keyTemperature),
        5e-6,
        1e-5);
  }

  static Stream<Path> wmseSteps() {
    return Golden.cases("ssl", "wmse_step");
  }

  @ParameterizedTest
  @MethodSource("momentumCases")
  void momentum(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    long[] steps = golden.get("cur_step").toType(DataType.INT64, false).toLongArray();
    for (int i = 0; i < steps.length; i++) {
      double tau =
          MomentumEncoder.tau(
              scalar(golden, "base_tau"),
              scalar(golden, "final_tau"),
              steps[i],
              (long) scalar(golden, "max_steps"));
      assertThat(tau).isCloseTo((double) golden.get("tau").getFloat(i), offset(1e-6));
      for (String name : new String[] {"weight", "bias"}) {
        MomentumEncoder.follow(golden.get("online_" + name), golden.get("momentum_" + name), tau);
        Golden.assertClose(
            name, golden.get("momentum_" + name), golden.get(name + "_after").get(i), 1e-6);
      }
    }
  }

  static Stream<Path> momentumCases() {
    return Golden.cases("ssl", "momentum");
  }

  private void check(
      Map<String, NDArray> golden,
      String input,
      UnaryOperator<NDArray> loss,
      double valueTolerance,
      double gradientTolerance) {
    ValueAndGradient result = ops.gradient(golden.get(input), loss);
    Golden.assertClose("loss", result.value(), golden.get("loss_hp"), valueTolerance);
    Golden.assertClose(
        "gradient", result.gradient(), golden.get("grad_" + input + "_hp"), gradientTolerance);
  }

  private static double scalar(Map<String, NDArray> golden, String name) {
    return Golden.doubles(golden.get(name))[0];
  }
}
