package org.zepad.encoders.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.core.engine.RunContexts;

/**
 * A seed gives the same network for ever: a run that was recorded can be made again. A change of
 * one of these numbers says that it cannot.
 */
class InitialWeightsTest {

  @ParameterizedTest
  @CsvSource({"4,3,CIFAR,c84739f8", "5,2,IMAGENET,63560d7b"})
  void resnet18BeginsAsItAlwaysDid(long seed, int width, Stem stem, String expected) {
    try (RunContext context = RunContexts.root(seed, Device.cpu(), Progress.silent());
        Backbone net = new ResNet18Provider().create(new ResNetOptions(width, stem, 1), context)) {
      CRC32 sum = new CRC32();
      net.state()
          .tensors()
          .forEach(
              (name, tensor) -> {
                sum.update(name.getBytes(StandardCharsets.UTF_8));
                sum.update(tensor.toByteBuffer());
              });
      assertThat(Long.toHexString(sum.getValue())).isEqualTo(expected);
    }
  }
}
