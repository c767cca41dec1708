package org.zepad.attacks.advencoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.testkit.Golden;

/** The generator, and three steps of its training against a real ResNet-18, in published form. */
@Tag("golden")
class AdvEncoderGoldenTest {
  private static final double LEARNING_RATE = 2e-4;

  static Stream<Path> generators() {
    // Not those of the training steps, whose names begin alike.
    return Golden.cases("attack", "generator_").filter(f -> !isStep(f));
  }

  static Stream<Path> steps() {
    return Golden.cases("attack", "generator_step_");
  }

  private static boolean isStep(Path file) {
    return file.getFileName().toString().startsWith("generator_step_");
  }

  @ParameterizedTest
  @MethodSource("generators")
  void generatorAgrees(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager scope = context.manager();
      Map<String, NDArray> golden = Golden.load(file, scope);
      NDArray z = golden.get("z");

      PerturbationGenerator judged = generator(golden, scope);
      Golden.assertClose(
          "evaluation", judged.generate(z, false, context.ops()), golden.get("out_eval_hp"), 5e-6);

      PerturbationGenerator generator = generator(golden, scope);
      NDArray[] made = new NDArray[1];
      context
          .ops()
          .backward(
              () -> {
                made[0] = generator.generate(z, true, context.ops());
                return made[0].mul(golden.get("upstream")).sum();
              });
      NDArray output = context.ops().detach(made[0]);
      Golden.assertClose("training", output, golden.get("out_train_hp"), 5e-6);
      // Of the exact output: the rounding of the output, judged above, is a larger share of the
      // noise than the tolerance allows, for the original too.
      Golden.assertClose(
          "noise",
          Bounding.CLAMP.apply(golden.get("out_train_hp"), 10 / 255.0).squeeze(0),
          golden.get("noise_hp"),
          5e-6);
      gradients(golden, generator.state(), 2e-5, 1e-4);
      running(Golden.sub(golden, "after."), generator.state(), 2e-6);
    }
  }

  // Its file is too large for the committed selection.
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("steps")
  void trainingAgrees(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      NDManager scope = context.manager();
      Map<String, NDArray> golden = Golden.load(file, scope);
      Encoder victim = victim(golden, context);
      PerturbationGenerator generator = generator(golden, scope);
      GeneratorTraining training = training(golden, victim, generator, context);
      try (Optimizer optimizer =
          context.optimizer(new OptimizerSpec.Adam(0.5, 0.999, 1e-8, 0), generator.state())) {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        for (int i = 0; i < golden.get("x").getShape().get(0); i++) {
          NDArray x = golden.get("x").get(i);
          // By a copy: making the noise moves the running statistics.
          NDArray noise =
              training(golden, victim, copy(generator, scope), context)
                  .perturbation(scope)
                  .squeeze(0);
          Golden.assertClose(
              "noise." + i, noise, golden.get("noise." + i + "_hp"), i == 0 ? 2e-5 : 2e-4);
          GeneratorTraining.Losses losses = training.backward(x, victim.features(x, false));
          Golden.assertClose(
              "losses." + i,
              scope.create(new float[] {losses.adv(), losses.rec(), losses.hfc(), losses.total()}),
              golden.get("losses." + i + "_hp"),
              1e-5);
          if (i == 0) {
            gradients(golden, generator.state(), 1e-4, 1e-6);
            gradients.putAll(Golden.sub(golden, "g."));
          }
          optimizer.step(LEARNING_RATE);
          if (i == 0) {
            parameters(Golden.sub(golden, "after1."), gradients, generator.state(), 1);
          }
        }
        parameters(Golden.sub(golden, "after3."), gradients, generator.state(), 3);
        running(Golden.sub(golden, "after3."), generator.state(), 1e-3);
      }
    }
  }

  private static PerturbationGenerator generator(Map<String, NDArray> golden, NDManager scope) {
    StateDict state = new StateDict(scope);
    Golden.sub(golden, "w.")
        .forEach(
            (name, value) -> {
              if (name.contains("running_")) {
                state.buffer(name, value.duplicate());
              } else if (!name.endsWith("num_batches_tracked")) {
                state.parameter(name, value.duplicate());
              }
            });
    state.requireGradients(true);
    int stages =
        (int)
            state.tensors().keySet().stream().filter(n -> n.matches(".*deconv\\d+.weight")).count();
    return new PerturbationGenerator(state, stages);
  }

  private static PerturbationGenerator copy(PerturbationGenerator generator, NDManager scope) {
    StateDict state = new StateDict(scope);
    generator.state().tensors().forEach((name, value) -> state.buffer(name, value.duplicate()));
    return new PerturbationGenerator(state, generator.stages());
  }

  private static GeneratorTraining training(
      Map<String, NDArray> golden,
      Encoder victim,
      PerturbationGenerator generator,
      RunContext context) {
    AdvEncoderPerOptions options = options(golden);
    return new GeneratorTraining(
        options.training(),
        new AddedForm(options.epsilon(), options.bounding(), options.clamp()),
        victim.evaluator(context.manager()),
        generator,
        golden.get("z"),
        (int) golden.get("x").getShape().get(3),
        context.manager(),
        context.ops());
  }

  private static AdvEncoderPerOptions options(Map<String, NDArray> golden) {
    return new AdvEncoderPerOptions(
        golden.get("eps").getFloat(),
        1,
        (int) golden.get("z").getShape().get(0),
        LEARNING_RATE,
        golden.get("alpha").getFloat(),
        golden.get("temperature").getFloat(),
        (int) golden.get("radius").toLongArray()[0],
        (int) golden.get("z").getShape().get(1),
        List.of(4),
        Bounding.CLAMP,
        false,
        0);
  }

  private static Encoder victim(Map<String, NDArray> golden, RunContext context) {
    Map<String, NDArray> weights = Golden.sub(golden, "sd.");
    int side = (int) golden.get("x").getShape().get(3);
    int width = (int) weights.get("conv1.weight").getShape().get(0);
    Encoder victim =
        new BackboneEncoder(
            new EncoderInfo(
                "resnet18",
                Map.of("width", width),
                "unknown",
                Preprocessing.imagenet(side),
                Map.of()),
            PluginRegistry.open(List.of())::createBackbone,
            context);
    // A numpy file keeps scalars as arrays of one entry.
    weights.replaceAll((name, value) -> value.reshape(victim.state().get(name).getShape()));
    victim.state().load(weights);
    return victim;
  }

  /** Biases before a batch norm have a true gradient of zero, and rounding noise for it. */
  private static boolean isNoise(String name) {
    return name.startsWith("hidden_layer.deconv") && name.endsWith(".bias");
  }

  private static void gradients(
      Map<String, NDArray> golden, StateDict state, double tolerance, double noise) {
    Golden.sub(golden, "g.")
        .forEach(
            (name, expected) -> {
              try (NDArray gradient = state.get(name).getGradient()) {
                if (isNoise(name)) {
                  Golden.assertClose(name, gradient, gradient.zerosLike(), noise);
                } else {
                  Golden.assertClose(name, gradient, expected, tolerance);
                }
              }
            });
  }

  private static void running(Map<String, NDArray> expected, StateDict state, double tolerance) {
    expected.forEach(
        (name, value) -> {
          if (name.contains("running_")) {
            Golden.assertClose(name, state.get(name), value, tolerance);
          }
        });
  }

  private static void parameters(
      Map<String, NDArray> expected, Map<String, NDArray> gradients, StateDict state, int steps) {
    expected.forEach(
        (name, value) -> {
          NDArray gradient = gradients.get(name);
          if (gradient == null || isNoise(name)) {
            return;
          }
          double[] a = Golden.doubles(state.get(name));
          double[] e = Golden.doubles(value);
          double[] g = Golden.doubles(gradient);
          double largest = gradient.abs().max().getFloat();
          for (int i = 0; i < a.length; i++) {
            double allowed = Math.abs(g[i]) > 1e-6 * largest ? 2e-6 : 2 * LEARNING_RATE * steps;
            assertThat(Math.abs(a[i] - e[i])).as("%s[%d]", name, i).isLessThanOrEqualTo(allowed);
          }
        });
  }
}
