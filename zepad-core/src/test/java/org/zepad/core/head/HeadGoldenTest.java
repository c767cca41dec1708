package org.zepad.core.head;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.engine.RunContexts;
import org.zepad.testkit.Golden;

@Tag("golden")
class HeadGoldenTest {

  static Stream<Path> cases() {
    return Golden.cases("backbone", "head_");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
        NDManager step = context.manager().newSubManager()) {
      Map<String, NDArray> golden = Golden.load(file, step);
      NDArray x = golden.get("x");
      NDArray upstream = golden.get("upstream");
      int features = (int) x.getShape().get(1);
      int classes = (int) upstream.getShape().get(1);
      Head head = new Head(context.manager(), features, classes, Head.DROPOUT, 1);
      head.state().load(Golden.sub(golden, "sd."));
      Golden.assertClose("logits", head.logits(x, false), golden.get("logits_hp"), 1e-5);
      Golden.assertClose(
          "gradient of x",
          context.ops().gradient(x, a -> head.logits(a, false).mul(upstream).sum()).gradient(),
          golden.get("grad_x_hp"),
          1e-4);
      head.state().requireGradients(true);
      context.ops().backward(() -> head.logits(x, false).mul(upstream).sum());
      Golden.sub(golden, "g.")
          .forEach(
              (name, expected) ->
                  Golden.assertClose(
                      "gradient of " + name, head.state().get(name).getGradient(), expected, 1e-4));
    }
  }
}
