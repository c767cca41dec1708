package org.zepad.encoders.ssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.api.tensor.TensorOps.ValueAndGradient;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

/** The methods that compare images with prototypes: DINO, SwAV, DeepCluster v2. */
@Tag("golden")
class PrototypesGoldenTest {
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

  static Stream<Path> dinoCases() {
    return Golden.cases("ssl", "dino");
  }

  /** Three steps in a row: the centre of each comes from those before it. */
  @ParameterizedTest
  @MethodSource("dinoCases")
  void dino(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    DinoOptions options = new DinoOptions(1, 1, 73, false, 0.1, 0.07, 0.04, 5, 0, 0, 0.9995, 1);
    try (StateDict state = new StateDict(scope)) {
      Centre centre = new Centre(state, 73, ops);
      double[] temperatures = Golden.doubles(golden.get("teacher_temps"));
      double[] epochs = Golden.doubles(golden.get("epochs"));
      for (int step = 0; step < epochs.length; step++) {
        int epoch = (int) epochs[step];
        double temperature = options.teacherTemperature(epoch);
        assertThat(temperature).isCloseTo(temperatures[epoch], offset(1e-6));
        NDArray teacher = golden.get("teacher" + step);
        List<NDArray> targets =
            halves(teacher).stream().map(half -> centre.target(half, temperature)).toList();
        check(
            golden,
            golden.get("student" + step),
            student -> Losses.crossViews(targets, halves(student), options.studentTemperature()),
            "loss" + step,
            "grad_student" + step);
        centre.keep(teacher);
        centre.store();
        Golden.assertClose(
            "centre", state.get("center"), golden.get("center" + step + "_hp"), 5e-6);
      }
    }
  }

  static Stream<Path> swavCases() {
    return Golden.cases("ssl", "swav");
  }

  @ParameterizedTest
  @MethodSource("swavCases")
  void swav(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    Sinkhorn sinkhorn =
        new Sinkhorn(scalar(golden, "sinkhorn_eps"), (int) scalar(golden, "sinkhorn_iters"));
    double temperature = scalar(golden, "temperature");
    List<NDArray> shares = new ArrayList<>();
    for (int view = 0; view < 2; view++) {
      shares.add(sinkhorn.assign(golden.get("pred" + view), ops));
      Golden.assertClose("shares", shares.get(view), golden.get("assign" + view + "_hp"), 5e-6);
    }
    for (int view = 0; view < 4; view++) {
      int varied = view;
      check(
          golden,
          golden.get("pred" + view),
          prediction ->
              Losses.crossViews(
                  shares,
                  IntStream.range(0, 4)
                      .mapToObj(i -> i == varied ? prediction : golden.get("pred" + i))
                      .toList(),
                  temperature),
          "loss",
          "grad_pred" + view);
    }
    NDArray two =
        Losses.crossViews(shares, List.of(golden.get("pred0"), golden.get("pred1")), temperature);
    Golden.assertClose("two views", two, golden.get("loss_two_views_hp"), 5e-6);
  }

  @Test
  void sharesOfGreatLogitsAreFinite() {
    NDArray logits = scope.create(new float[][] {{500, 0}, {499, 0}, {0, 498}});
    NDArray shares = new Sinkhorn(0.05, 3).assign(logits, ops);
    for (float share : shares.sum(new int[] {1}).toFloatArray()) {
      assertThat(share).isCloseTo(1, offset(1e-5f));
    }
  }

  static Stream<Path> deepClusterCases() {
    return Golden.cases("ssl", "deepclusterv2");
  }

  @ParameterizedTest
  @MethodSource("deepClusterCases")
  void deepCluster(Path file) {
    Map<String, NDArray> golden = Golden.load(file, scope);
    NDArray assignments = golden.get("assignments").toType(DataType.INT64, false);
    int heads = (int) assignments.getShape().get(0);
    check(
        golden,
        golden.get("outputs"),
        outputs -> {
          NDList losses = new NDList();
          for (int head = 0; head < heads; head++) {
            NDArray logits = outputs.get(head).reshape(-1, outputs.getShape().get(3));
            NDArray once = assignments.get(head);
            losses.add(
                Losses.clusters(
                    logits,
                    NDArrays.concat(new NDList(once, once)),
                    scalar(golden, "temperature")));
          }
          return NDArrays.stack(losses).mean();
        },
        "loss",
        "grad_outputs");
  }

  @Test
  void noClusterNoLoss() {
    NDArray loss =
        Losses.clusters(
            scope.create(new float[][] {{1, 2, 3}, {4, 5, 6}}),
            scope.create(new long[] {-1, -1}),
            0.1);
    assertThat(loss.getFloat()).isZero();
  }

  /** Three well separated bundles of vectors are found, whichever rows it begins at. */
  @Test
  void kMeansFindsBundles() {
    SplittableRandom random = new SplittableRandom(5);
    float[][] rows = new float[60][3];
    for (int i = 0; i < rows.length; i++) {
      for (int d = 0; d < 3; d++) {
        rows[i][d] = (d == i % 3 ? 1 : 0) + 0.1f * (float) random.nextGaussian();
      }
    }
    NDArray unit = Losses.unit(scope.create(rows));
    SphericalKMeans.Clustering found =
        new SphericalKMeans(12, 10).of(unit, new SplittableRandom(1));
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        if (found.assigned()[i] == found.assigned()[j]) {
          assertThat(i % 3).as("bundles of %s and %s", i, j).isEqualTo(j % 3);
        }
      }
    }
    for (float length : found.centres().norm(new int[] {1}).toFloatArray()) {
      assertThat(length).isCloseTo(1, offset(1e-5f));
    }
  }

  private static List<NDArray> halves(NDArray rows) {
    long half = rows.getShape().get(0) / 2;
    return List.of(rows.get(":" + half), rows.get(half + ":"));
  }

  private void check(
      Map<String, NDArray> golden,
      NDArray at,
      UnaryOperator<NDArray> function,
      String loss,
      String gradient) {
    ValueAndGradient result = ops.gradient(at, function);
    Golden.assertClose(loss, result.value(), golden.get(loss + "_hp"), 5e-6);
    Golden.assertClose(gradient, result.gradient(), golden.get(gradient + "_hp"), 1e-5);
  }

  private static double scalar(Map<String, NDArray> golden, String name) {
    return Golden.doubles(golden.get(name))[0];
  }
}
