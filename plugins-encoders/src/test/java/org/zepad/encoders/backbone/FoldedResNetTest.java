package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

class FoldedResNetTest {

  @ParameterizedTest
  @CsvSource({
    "RESNET18,CIFAR,4",
    "RESNET18,CIFAR,16",
    "RESNET18,CIFAR,32",
    "RESNET18,IMAGENET,64",
    "RESNET18,IMAGENET,4",
    "RESNET18,IMAGENET,16",
    "RESNET18,IMAGENET_REFERENCE,4",
    "RESNET34,CIFAR,4",
    "RESNET50,CIFAR,4",
    "RESNET50,IMAGENET,4"
  })
  void foldedBatchNormsGiveTheSameFeaturesAndGradients(ResNetLayout layout, Stem stem, int width) {
    try (RunContext context = RunContexts.root(4, Device.cpu(), Progress.silent());
        ResNet net = new ResNet(layout, new ResNetOptions(width, stem, 1), context)) {
      context.reseedEngine(0);
      NDManager manager = context.manager();
      NDArray images = manager.randomNormal(new Shape(4, 3, 32, 32));
      // Statistics, scales and shifts that are not ones and zeros.
      for (int i = 0; i < 5; i++) {
        net.features(images.add(0.3 * i), true).close();
      }
      net.state()
          .parameters()
          .forEach((name, p) -> p.addi(manager.randomNormal(p.getShape()).mul(0.05)));
      int before = net.state().manager().getManagedArrays().size();
      try (NDManager scope = manager.newSubManager()) {
        UnaryOperator<NDArray> folded = net.evaluator(scope);
        Golden.assertClose("features", folded.apply(images), net.features(images, false), 5e-6);
        Golden.assertClose(
            "gradient",
            context.ops().gradient(images, x -> folded.apply(x).square().sum()).gradient(),
            context.ops().gradient(images, x -> net.features(x, false).square().sum()).gradient(),
            5e-5);
      }
      assertThat(net.state().manager().getManagedArrays()).hasSize(before);
    }
  }
}
