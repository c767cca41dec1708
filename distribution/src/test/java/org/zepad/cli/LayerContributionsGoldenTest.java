package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.zepad.api.tensor.StateDict;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.harden.LayerContributions;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.testkit.Golden;

/** The ranking of a real ResNet-18's layers against the golden numbers, in one batch and in two. */
@Tag("golden")
class LayerContributionsGoldenTest {
  private static final int STEPS = 10;

  static Stream<Path> golden() {
    return Golden.cases("drc");
  }

  @ParameterizedTest
  @MethodSource("golden")
  void theContributionsAgree(Path file) {
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      Map<String, NDArray> g = Golden.load(file, context.manager());
      Map<String, NDArray> weights = Golden.sub(g, "sd.0.");
      NDArray x = g.get("x");
      Encoder encoder = encoder(weights, (int) x.getShape().get(3), context);
      StateDict linear = new StateDict(context.manager());
      linear.parameter("weight", g.get("sd.1.weight"));
      linear.parameter("bias", g.get("sd.1.bias"));
      StateDict all = new StateDict(context.manager());
      all.include("0.", encoder.state());
      all.include("1.", linear);
      LayerContributions contributions =
          new LayerContributions(g.get("epsilon").toFloatArray()[0], STEPS);

      // Halves round alike. Other parts may put a ReLU of the first layer's zigzag on its other
      // side,
      // which ten steps amplify to 4e-3.
      for (List<LayerContributions.Labelled> images :
          List.of(batches(x, g.get("labels"), 24), batches(x, g.get("labels"), 12))) {
        LayerContributions.Ranking found =
            contributions.of(
                all,
                pixels ->
                    Linear.linear(
                            encoder.features(pixels, false),
                            linear.get("weight"),
                            linear.get("bias"))
                        .singletonOrThrow(),
                images,
                context);
        agree(found, g, context.manager());
      }
      weights.forEach(
          (name, value) ->
              assertThat(Golden.doubles(encoder.state().get(name)))
                  .as(name)
                  .isEqualTo(Golden.doubles(value)));
    }
  }

  private static void agree(
      LayerContributions.Ranking found, Map<String, NDArray> g, NDManager manager) {
    List<String> layers = names(g);
    assertThat(found.contributions().keySet())
        .containsExactlyElementsOf(layers.stream().map(name -> name + ".weight").toList());
    Golden.assertClose(
        "base loss", manager.create((float) found.loss()), g.get("base_loss_hp"), 5e-6);
    float[] values = new float[layers.size()];
    int i = 0;
    for (double value : found.contributions().values()) {
      values[i++] = (float) value;
    }
    Golden.assertClose("contribution", manager.create(values), g.get("contribution_hp"), 1e-3);
    long[] lowest = g.get("lowest_fifth").toLongArray();
    List<String> expected = new ArrayList<>();
    for (int layer = 0; layer < lowest.length; layer++) {
      if (lowest[layer] == 1) {
        expected.add(layers.get(layer) + ".weight");
      }
    }
    assertThat(found.least(0.2)).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The entries {@code layerNN.<module name>}, in order. */
  private static List<String> names(Map<String, NDArray> g) {
    return g.keySet().stream()
        .filter(name -> name.matches("layer\\d\\d\\..*"))
        .sorted()
        .map(name -> name.substring("layerNN.".length()))
        .toList();
  }

  private static List<LayerContributions.Labelled> batches(NDArray x, NDArray labels, int size) {
    List<LayerContributions.Labelled> batches = new ArrayList<>();
    int count = (int) x.getShape().get(0);
    for (int from = 0; from < count; from += size) {
      String range = from + ":" + Math.min(from + size, count);
      batches.add(new LayerContributions.Labelled(x.get(range), labels.get(range)));
    }
    return batches;
  }

  private static Encoder encoder(Map<String, NDArray> weights, int side, RunContext context) {
    Preprocessing none = new Preprocessing(side, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    int width = (int) weights.get("conv1.weight").getShape().get(0);
    EncoderInfo info =
        new EncoderInfo("resnet18", Map.of("width", width), "unknown", none, Map.of());
    Encoder encoder =
        new BackboneEncoder(info, PluginRegistry.open(List.of())::createBackbone, context);
    // A numpy file keeps scalars as arrays of one entry.
    weights.replaceAll((name, value) -> value.reshape(encoder.state().get(name).getShape()));
    encoder.state().load(weights);
    return encoder;
  }
}
