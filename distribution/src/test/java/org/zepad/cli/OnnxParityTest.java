package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.evaluate.FusedModel;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.RuntimeOptions;
import org.zepad.core.runtime.RuntimeOptions.DeviceChoice;
import org.zepad.core.runtime.ZepadClassifier;

/** An exported model and the training engine on real images; skipped where there are none. */
class OnnxParityTest {
  private static final int IMAGES = 2000;
  private static final int BATCH = 100;
  private static final int SIZE = 32;
  private static final int BYTES = 3 * SIZE * SIZE;

  @TempDir private Path folder;

  @Test
  void twoThousandRealImagesGetTheSameLogitsAndClasses() throws IOException {
    Path data = Path.of(System.getProperty("zepad.datasets", "absent"));
    Path images = data.resolve("cifar10/cifar-10-batches-bin/test_batch.bin");
    assumeTrue(Files.exists(images), "CIFAR-10 is not at hand");
    String bundle = folder.resolve("bundle").toString();
    PluginRegistry plugins = PluginRegistry.open(List.of());
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      SmallBundles.ofZoo(Path.of(bundle), List.of("simclr", "byol", "moco-v3"), plugins, context);
    }
    String[] settings = {"--set", "epochs=3", "--set", "data.images=600", "--data", "" + data};
    run("adapt", settings, "--bundle", bundle, "--dataset", "cifar10", "--cache", "none");
    run("export", new String[0], bundle);
    byte[] pixels = pixels(images);
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent());
        Bundle opened = Bundle.open(Path.of(bundle), plugins, context);
        ZepadClassifier classifier =
            ZepadClassifier.load(
                Path.of(bundle, "onnx", "model.onnx"),
                new RuntimeOptions(DeviceChoice.CPU, 0, 1))) {
      FusedModel model = opened.model("cifar10");
      int ties = 0;
      for (int from = 0; from < IMAGES; from += BATCH) {
        byte[] batch = Arrays.copyOfRange(pixels, from * BYTES, (from + BATCH) * BYTES);
        float[][] found = classifier.outputs("", batch, BATCH, SIZE, SIZE).logits();
        float[] expected = logits(model, batch, context.manager());
        for (int i = 0; i < BATCH; i++) {
          ties += compare(found[i], Arrays.copyOfRange(expected, 10 * i, 10 * i + 10));
        }
      }
      assertThat(ties).isLessThan(IMAGES / 100);
    }
  }

  /** Compares one image; returns 1 for a tie, whose classes may differ. */
  private static int compare(float[] found, float[] expected) {
    float greatest = 0;
    for (float logit : expected) {
      greatest = Math.max(greatest, Math.abs(logit));
    }
    int best = best(expected);
    float second = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < expected.length; c++) {
      assertThat(Math.abs(found[c] - expected[c])).isLessThanOrEqualTo(1e-4f * greatest);
      second = c == best ? second : Math.max(second, expected[c]);
    }
    if (expected[best] - second <= 2e-4f * greatest) {
      return 1;
    }
    assertThat(best(found)).isEqualTo(best);
    return 0;
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int c = 1; c < logits.length; c++) {
      best = logits[c] > logits[best] ? c : best;
    }
    return best;
  }

  private static float[] logits(FusedModel model, byte[] batch, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      Shape shape = new Shape(BATCH, 3, SIZE, SIZE);
      NDArray bytes = scope.create(ByteBuffer.wrap(batch), shape, DataType.UINT8);
      return model.logits(bytes.toType(DataType.FLOAT32, true).divi(255)).toFloatArray();
    }
  }

  /** A record of the file is a label and three planes. */
  private static byte[] pixels(Path file) throws IOException {
    byte[] pixels = new byte[IMAGES * BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      byte[] records = in.readNBytes(IMAGES * (BYTES + 1));
      for (int i = 0; i < IMAGES; i++) {
        System.arraycopy(records, i * (BYTES + 1) + 1, pixels, i * BYTES, BYTES);
      }
    }
    return pixels;
  }

  private static void run(String command, String[] first, String... rest) {
    StringWriter err = new StringWriter();
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of(first));
    words.addAll(List.of(rest));
    int exitCode =
        Main.run(
            words.toArray(String[]::new),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            false);
    assertThat(exitCode).as(err.toString()).isZero();
  }
}
