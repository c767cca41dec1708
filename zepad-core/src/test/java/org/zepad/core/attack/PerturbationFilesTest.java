package org.zepad.core.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.io.Safetensors;

class PerturbationFilesTest {
  private static final PerturbationInfo INFO =
      new PerturbationInfo(
          "advencoder-per",
          Map.of("epochs", "20", "widths", "16,8"),
          -7,
          "simclr on cifar10",
          "ab12",
          "cd34",
          Map.of("zepad", "0.1.0"));

  @TempDir Path folder;
  private RunContext context;

  @BeforeEach
  void open() {
    context = RunContexts.root(7, Device.cpu(), Progress.silent());
    context.reseedEngine(0);
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void whatIsSavedIsLoaded() {
    Perturbation perturbation = noise(Norm.LINF, 0.05, 12);
    Path file = folder.resolve("uap.safetensors");
    PerturbationFiles.save(file, perturbation, INFO);
    PerturbationFiles.Saved saved = PerturbationFiles.load(file, context.manager());
    assertThat(saved.info()).isEqualTo(INFO);
    assertThat(saved.perturbation().budget()).isEqualTo(perturbation.budget());
    assertThat(saved.perturbation().delta().getShape()).isEqualTo(new Shape(3, 12, 12));
    assertThat(saved.perturbation().delta().toFloatArray())
        .isEqualTo(perturbation.delta().toFloatArray());
  }

  @Test
  void thePictureIsLargeAndHalfGreyMeansNoChange() throws IOException, DataFormatException {
    float[] delta = new float[3 * 4];
    delta[0] = 0.1f; // red, first pixel: the largest allowed change
    delta[4 + 1] = -0.1f; // green, second pixel
    Perturbation perturbation =
        new Perturbation(
            context.manager().create(delta, new Shape(3, 2, 2)), new Budget(Norm.LINF, 0.1f));
    Path file = folder.resolve("uap.safetensors");
    PerturbationFiles.save(file, perturbation, INFO);

    ByteBuffer png = ByteBuffer.wrap(Files.readAllBytes(PerturbationFiles.picture(file)));
    assertThat(png.getInt(16)).as("width").isEqualTo(256);
    assertThat(png.getInt(20)).as("height").isEqualTo(256);
    byte[] rows = inflate(png);
    assertThat(rows).hasSize(256 * (1 + 3 * 256));
    assertThat(pixel(rows, 0, 0)).containsExactly(255, 128, 128);
    assertThat(pixel(rows, 127, 127)).containsExactly(255, 128, 128);
    assertThat(pixel(rows, 128, 0)).containsExactly(128, 0, 128);
    assertThat(pixel(rows, 255, 255)).containsExactly(128, 128, 128);
  }

  @Test
  void aFileThatIsNoPerturbationIsRefused() {
    Path file = folder.resolve("weights.safetensors");
    Safetensors.write(file, Map.of("w", context.manager().ones(new Shape(2))), Map.of());
    assertThatThrownBy(() -> PerturbationFiles.load(file, context.manager()))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("is not a perturbation");
  }

  @Test
  void aPerturbationBeyondItsBudgetIsRefused() {
    Perturbation perturbation = noise(Norm.LINF, 0.05, 8);
    Path file = folder.resolve("uap.safetensors");
    PerturbationFiles.save(file, perturbation, INFO);
    Map<String, String> metadata =
        new LinkedHashMap<>(Safetensors.read(file, context.manager()).metadata());
    metadata.put("epsilon", "0.01");
    Safetensors.write(file, Map.of("delta", perturbation.delta()), metadata);
    assertThatThrownBy(() -> PerturbationFiles.load(file, context.manager()))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("more than the");
    metadata.put("epsilon", "a lot");
    Safetensors.write(file, Map.of("delta", perturbation.delta()), metadata);
    assertThatThrownBy(() -> PerturbationFiles.load(file, context.manager()))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("a lot");
  }

  @Test
  void applyingResizesAddsAndClamps() {
    NDArray images = context.manager().randomUniform(0, 1, new Shape(2, 3, 24, 24));
    float[] before = images.toFloatArray();
    for (Norm norm : Norm.values()) {
      double epsilon = norm == Norm.LINF ? 0.05 : 0.5;
      for (int side : new int[] {8, 24, 32}) {
        NDArray result = Perturbations.apply(noise(norm, epsilon, side), images, context.ops());
        assertThat(result.getShape()).isEqualTo(images.getShape());
        assertThat(result.getManager()).isSameAs(images.getManager());
        assertThat(result.min().getFloat()).isGreaterThanOrEqualTo(0);
        assertThat(result.max().getFloat()).isLessThanOrEqualTo(1);
        double size = Perturbations.sizes(result.sub(images), norm).max().getFloat();
        assertThat(size).isBetween(epsilon / 10, epsilon + 1e-6);
      }
    }
    assertThat(images.toFloatArray()).isEqualTo(before);
    assertThat(Perturbations.apply(noise(Norm.LINF, 0, 8), images, context.ops()).toFloatArray())
        .isEqualTo(before);
  }

  @Test
  void applyingLeavesNothingBehind() {
    Perturbation perturbation = noise(Norm.L2, 0.5, 8);
    try (RunContext part = context.child("part")) {
      NDArray images = part.manager().zeros(new Shape(2, 3, 16, 16));
      int outside = context.manager().getManagedArrays().size();
      for (int i = 0; i < 20; i++) {
        Perturbations.apply(perturbation, images, context.ops()).close();
      }
      assertThat(part.manager().getManagedArrays()).hasSize(1);
      assertThat(context.manager().getManagedArrays()).hasSize(outside);
    }
  }

  /** Within the budget, and large in it. */
  private Perturbation noise(Norm norm, double epsilon, int side) {
    NDArray delta = context.manager().randomUniform(-1, 1, new Shape(3, side, side));
    Budget budget = new Budget(norm, epsilon);
    return new Perturbation(
        Perturbations.project(delta.mul(2).expandDims(0), budget).squeeze(0), budget);
  }

  private static byte[] inflate(ByteBuffer png) throws DataFormatException {
    // The data chunk follows the signature (8) and the header chunk (12 + 13).
    int length = png.getInt(33);
    Inflater inflater = new Inflater();
    inflater.setInput(png.array(), 41, length);
    byte[] rows = new byte[1 << 20];
    int n = inflater.inflate(rows);
    inflater.end();
    return Arrays.copyOf(rows, n);
  }

  private static int[] pixel(byte[] rows, int x, int y) {
    int at = y * (1 + 3 * 256) + 1 + 3 * x;
    return new int[] {rows[at] & 255, rows[at + 1] & 255, rows[at + 2] & 255};
  }
}
