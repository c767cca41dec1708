package org.zepad.attacks.advencoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.attacks.TestEncoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

@Tag("golden")
class GeneratorGoldenTest {
  private static final double LEARNING_RATE = 2e-4;

  static Stream<Path> generators() {
    return Golden.cases("attack", "generator_").filter(f -> !f.toString().contains("_step_"));
  }

  static Stream<Path> steps() {
    return Golden.cases("attack", "generator_step_");
  }

  @ParameterizedTest
  @MethodSource("generators")
  void theGeneratorAgrees(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      Map<String, NDArray> golden = Golden.load(file, context.manager());
      PerturbationGenerator generator = generator(golden, context);
      NDArray z = golden.get("z");

      NDArray quiet = generator.generate(z, false, context.ops());
      Golden.assertClose("out_eval", quiet, golden.get("out_eval_hp"), 5e-6);

      NDArray[] out = new NDArray[1];
      context
          .ops()
          .backward(
              () -> {
                NDArray made = generator.generate(z, true, context.ops());
                out[0] = context.ops().detach(made);
                return made.mul(golden.get("upstream")).sum();
              });
      Golden.assertClose("out_train", out[0], golden.get("out_train_hp"), 5e-6);
      float eps = 10f / 255;
      Golden.assertClose("noise", out[0].squeeze(0).clip(-eps, eps), golden.get("noise_hp"), 2e-5);
      assertGradients(generator, Golden.sub(golden, "g."), 2e-5, 1e-4);
      withoutCounters(Golden.sub(golden, "after."))
          .forEach(
              (name, value) -> Golden.assertClose(name, generator.state().get(name), value, 2e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void threeTrainingStepsAgree(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager manager = context.manager();
      Map<String, NDArray> golden = Golden.load(file, manager);
      TestEncoder victim = TestEncoder.narrow(32, context);
      victim.state().load(matching(Golden.sub(golden, "sd."), victim.state().tensors()));
      victim.state().requireGradients(false);
      PerturbationGenerator generator = generator(golden, context);
      AdvEncoderPerOptions options = AdvEncoderPerTest.options(20, 6, List.of(16, 12, 8), false);
      GeneratorTraining training =
          new GeneratorTraining(
              options, victim, generator, golden.get("z"), 32, manager, context.ops());
      Map<String, NDArray> start = copy(generator);
      Map<String, NDArray> gradients = Golden.sub(golden, "g.");
      try (Optimizer optimizer =
          context.optimizer(new OptimizerSpec.Adam(0.5, 0.999, 1e-8, 0), generator.state())) {
        for (int step = 0; step < 3; step++) {
          NDArray noise = noise(training, generator, manager);
          Golden.assertClose(
              "noise " + step, noise, golden.get("noise." + step + "_hp"), step == 0 ? 2e-5 : 2e-4);
          NDArray images = golden.get("x").get(step);
          GeneratorTraining.Losses losses =
              training.backward(images, victim.features(images, false));
          Golden.assertClose(
              "losses " + step,
              manager.create(
                  new float[] {losses.adv(), losses.rec(), losses.hfc(), losses.total()}),
              golden.get("losses." + step + "_hp"),
              1e-5);
          if (step == 0) {
            assertGradients(generator, gradients, 1e-4, 1e-6);
          }
          optimizer.step(LEARNING_RATE);
          if (step == 0) {
            assertParameters(generator, Golden.sub(golden, "after1."), gradients, 1);
          }
        }
      }
      Map<String, NDArray> after = withoutCounters(Golden.sub(golden, "after3."));
      assertParameters(generator, after, gradients, 3);
      after.forEach(
          (name, value) -> {
            if (name.endsWith("running_var")) {
              Golden.assertClose(name, generator.state().get(name), value, 1e-4);
            } else if (name.endsWith("running_mean")) {
              Golden.assertClose(name, generator.state().get(name), value, 1e-3);
            }
          });
      assertThat(copy(generator).get("residual_layer.res.weight").toFloatArray())
          .isNotEqualTo(start.get("residual_layer.res.weight").toFloatArray());
    }
  }

  /** The noise as the next step will make it, without its update of the running statistics. */
  private static NDArray noise(
      GeneratorTraining training, PerturbationGenerator generator, NDManager manager) {
    Map<String, NDArray> before = copy(generator);
    NDArray noise = training.noise(manager).squeeze(0).duplicate();
    generator.state().load(before);
    return noise;
  }

  private static Map<String, NDArray> copy(PerturbationGenerator generator) {
    Map<String, NDArray> copy = new HashMap<>();
    generator
        .state()
        .tensors()
        .forEach((name, array) -> copy.put(name, array.stopGradient().duplicate()));
    return copy;
  }

  private static PerturbationGenerator generator(Map<String, NDArray> golden, RunContext context) {
    Map<String, NDArray> weights = withoutCounters(Golden.sub(golden, "w."));
    List<Integer> widths =
        LongStream.iterate(1, i -> weights.containsKey("hidden_layer.bn" + i + ".bias"), i -> i + 1)
            .mapToObj(i -> (int) weights.get("hidden_layer.bn" + i + ".bias").size())
            .toList();
    NDArray z = golden.get("z");
    PerturbationGenerator generator =
        PerturbationGenerator.random(
            widths,
            (int) z.getShape().get(1),
            (int) z.getShape().get(0),
            context.random(),
            context.manager());
    generator.state().load(weights);
    return generator;
  }

  private static void assertGradients(
      PerturbationGenerator generator,
      Map<String, NDArray> expected,
      double tolerance,
      double noise) {
    assertThat(expected.keySet()).isEqualTo(generator.state().parameters().keySet());
    expected.forEach(
        (name, value) -> {
          try (NDArray gradient = generator.state().get(name).getGradient()) {
            if (beforeBatchNorm(name)) {
              assertThat((double) gradient.abs().max().getFloat())
                  .as("gradient of %s, truly 0", name)
                  .isLessThanOrEqualTo(noise);
            } else {
              Golden.assertClose("gradient of " + name, gradient, value, tolerance);
            }
          }
        });
  }

  /** Where the gradient is rounding noise, Adam steps by up to the learning rate either way. */
  private static void assertParameters(
      PerturbationGenerator generator,
      Map<String, NDArray> expected,
      Map<String, NDArray> gradients,
      int steps) {
    generator
        .state()
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (beforeBatchNorm(name)) {
                return;
              }
              double[] g = Golden.doubles(gradients.get(name));
              double floor =
                  1e-6
                      * LongStream.range(0, g.length)
                          .mapToDouble(i -> Math.abs(g[(int) i]))
                          .max()
                          .orElse(0);
              double[] a = Golden.doubles(parameter);
              double[] e = Golden.doubles(expected.get(name));
              for (int i = 0; i < a.length; i++) {
                double allowed = Math.abs(g[i]) > floor ? 2e-6 : 2 * LEARNING_RATE * steps;
                assertThat(Math.abs(a[i] - e[i]))
                    .as("%s[%d] after %d steps", name, i, steps)
                    .isLessThanOrEqualTo(allowed);
              }
            });
  }

  private static boolean beforeBatchNorm(String name) {
    return name.matches("hidden_layer\\.deconv\\d+\\.bias");
  }

  private static Map<String, NDArray> withoutCounters(Map<String, NDArray> tensors) {
    Map<String, NDArray> kept = new LinkedHashMap<>(tensors);
    kept.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
    return kept;
  }

  /** The wanted tensors in the wanted shapes: a counter is a scalar or has one entry. */
  private static Map<String, NDArray> matching(
      Map<String, NDArray> tensors, Map<String, NDArray> wanted) {
    Map<String, NDArray> found = new HashMap<>();
    wanted.forEach(
        (name, array) ->
            found.put(
                name,
                array.getDataType() == DataType.INT64
                    ? tensors.get(name).reshape(array.getShape())
                    : tensors.get(name)));
    return found;
  }
}
