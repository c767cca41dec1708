package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.TensorOps;
import org.zepad.api.tensor.TensorOps.ValueAndGradient;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

/** The layout of the engine's convolutions gives the numbers of the usual layout. */
class PackedResNetTest {

  @ParameterizedTest
  @CsvSource({"RESNET18,CIFAR", "RESNET18,IMAGENET", "RESNET50,CIFAR"})
  void trainingGivesTheSameNumbers(ResNetLayout layout, Stem stem) {
    try (RunContext context = RunContexts.root(4, Device.cpu(), Progress.silent());
        ResNet packed = new ResNet(layout, new ResNetOptions(16, stem, 1), context);
        ResNet plain = new ResNet(layout, new ResNetOptions(16, stem, 1), unpacking(context))) {
      plain.state().load(packed.state().tensors());
      context.reseedEngine(0);
      NDArray images = context.manager().randomNormal(new Shape(8, 3, 32, 32));
      Golden.assertClose(
          "features", learn(packed, images, context), learn(plain, images, context), 1e-4);
      plain
          .state()
          .tensors()
          .forEach(
              (name, value) -> Golden.assertClose(name, packed.state().get(name), value, 1e-5));
      plain
          .state()
          .parameters()
          .forEach(
              (name, value) ->
                  // A ReLU near zero may have switched.
                  assertThat(distance(packed.state().get(name).getGradient(), value.getGradient()))
                      .as("gradient of %s", name)
                      .isLessThan(0.05));
    }
  }

  @ParameterizedTest
  @CsvSource({"RESNET18,CIFAR", "RESNET18,IMAGENET", "RESNET50,CIFAR"})
  void evaluationGivesTheSameNumbers(ResNetLayout layout, Stem stem) {
    try (RunContext context = RunContexts.root(4, Device.cpu(), Progress.silent());
        ResNet packed = new ResNet(layout, new ResNetOptions(16, stem, 1), context);
        ResNet plain = new ResNet(layout, new ResNetOptions(16, stem, 1), unpacking(context));
        NDManager scope = context.manager().newSubManager()) {
      plain.state().load(packed.state().tensors());
      context.reseedEngine(0);
      NDArray images = scope.randomNormal(new Shape(8, 3, 32, 32));
      ValueAndGradient actual = squares(packed, images, context, scope);
      ValueAndGradient expected = squares(plain, images, context, scope);
      Golden.assertClose("value", actual.value(), expected.value(), 1e-6);
      Golden.assertClose("gradient", actual.gradient(), expected.gradient(), 1e-6);
    }
  }

  private static ValueAndGradient squares(
      ResNet net, NDArray images, RunContext context, NDManager scope) {
    UnaryOperator<NDArray> features = net.evaluator(scope);
    return context.ops().gradient(images, x -> features.apply(x).square().sum());
  }

  private static NDArray learn(ResNet net, NDArray images, RunContext context) {
    NDArray[] features = new NDArray[1];
    net.state().requireGradients(true);
    context
        .ops()
        .backward(
            () -> {
              features[0] = net.features(images, true);
              return features[0].square().sum();
            });
    return context.ops().detach(features[0]);
  }

  /** The length of the difference, as a share of the length. */
  private static double distance(NDArray actual, NDArray expected) {
    return Math.sqrt(
        actual.sub(expected).square().sum().getFloat() / expected.square().sum().getFloat());
  }

  /** The same context, whose operations know no other layout. */
  private static RunContext unpacking(RunContext context) {
    TensorOps ops =
        proxy(
            TensorOps.class,
            context.ops(),
            (name, arguments) -> name.endsWith("packed") ? ((NDArray) arguments[0]).add(0) : null);
    return proxy(RunContext.class, context, (name, arguments) -> name.equals("ops") ? ops : null);
  }

  private interface Instead {
    Object of(String name, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, T real, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object result = instead.of(method.getName(), arguments);
              try {
                return result != null ? result : method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
