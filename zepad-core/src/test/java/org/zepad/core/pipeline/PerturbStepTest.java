package org.zepad.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.picture.Pictures;
import org.zepad.core.attack.PerturbationFiles;
import org.zepad.core.attack.PerturbationInfo;
import org.zepad.core.data.PngFiles;
import org.zepad.core.engine.RunContexts;

class PerturbStepTest {
  private static final int LEVELS = 10;
  private static final PerturbationInfo INFO =
      new PerturbationInfo("noise", Map.of(), 1, "victim", "", "", Map.of());

  @TempDir private Path folder;

  private final PerturbStep step =
      new PerturbStep(new Settings(1, Device.cpu(), Path.of("data"), Progress.silent()));

  @Test
  void aPictureKeepsItsSizeAndTheBudgetHoldsInTheFile() throws IOException {
    Path file = save(signs(8, LEVELS / 255.0));
    Path same = picture("same.png", 8, 8);
    Path wide = picture("wide.png", 31, 17);
    List<PerturbStep.Perturbed> results = run(file, List.of(same, wide));
    assertThat(changes(same, results.get(0))).containsOnly(-LEVELS, LEVELS);
    int[] stretched = changes(wide, results.get(1));
    assertThat(stretched).hasSize(3 * 31 * 17);
    assertThat(Arrays.stream(stretched)).allMatch(change -> Math.abs(change) <= LEVELS);
    assertThat(Arrays.stream(stretched)).anyMatch(change -> change != 0);
  }

  @Test
  void aPatchReplacesItsShareOfThePixelsAtAnySize() throws IOException {
    Path file = save(patch(8, 2));
    Path picture = picture("large.png", 64, 64);
    int[] changes = changes(picture, run(file, List.of(picture)).get(0));
    int plane = 64 * 64;
    int changed = 0;
    for (int i = 0; i < plane; i++) {
      changed += changes[i] != 0 || changes[plane + i] != 0 || changes[2 * plane + i] != 0 ? 1 : 0;
    }
    assertThat(changed).isBetween(plane / 20, plane / 16);
  }

  @Test
  void anUnreadablePictureDoesNotStopTheOthers() throws IOException {
    Path damaged = Files.writeString(folder.resolve("damaged.jpg"), "no picture");
    Path whole = picture("whole.png", 8, 8);
    List<PerturbStep.Perturbed> results =
        run(save(signs(8, 0.1)), List.of(damaged, folder.resolve("absent.png"), whole));
    assertThat(results.get(0).problem()).contains("damaged.jpg");
    assertThat(results.get(1).problem()).contains("absent.png");
    assertThat(results.get(2).problem()).isNull();
    assertThat(folder.resolve("out")).isDirectoryContaining(p -> p.endsWith("whole.png"));
  }

  @Test
  void twoPicturesDoNotBecomeOneFile() throws IOException {
    Path file = save(signs(8, 0.1));
    Path png = picture("twin.png", 8, 8);
    Path other = Files.copy(png, folder.resolve("twin.bmp"));
    assertThatThrownBy(() -> run(file, List.of(png, other)))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("twin.png");
  }

  @Test
  void aFileThatIsNoPerturbationIsRefused() throws IOException {
    Path picture = picture("a.png", 8, 8);
    assertThatThrownBy(() -> run(picture, List.of(picture)))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("a.png");
  }

  private List<PerturbStep.Perturbed> run(Path perturbation, List<Path> pictures) {
    List<PerturbStep.Perturbed> results = new ArrayList<>();
    step.run(perturbation, pictures, folder.resolve("out"), results::add);
    return results;
  }

  private interface Maker {
    Perturbation make(NDManager manager);
  }

  private Path save(Maker maker) {
    Path file = folder.resolve("delta.safetensors");
    try (RunContext context = RunContexts.root(1, Device.cpu(), Progress.silent())) {
      PerturbationFiles.save(file, maker.make(context.manager()), INFO);
    }
    return file;
  }

  private static Maker signs(int side, double epsilon) {
    SplittableRandom random = new SplittableRandom(3);
    float[] delta = new float[3 * side * side];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = (float) (random.nextBoolean() ? epsilon : -epsilon);
    }
    return manager ->
        Perturbation.additive(
            manager.create(delta, new Shape(3, side, side)), new Budget(Norm.LINF, epsilon));
  }

  private static Maker patch(int side, int patchSide) {
    float[] mask = new float[side * side];
    float[] delta = new float[3 * side * side];
    for (int i = 0; i < side * side; i++) {
      if (i / side < patchSide && i % side < patchSide) {
        mask[i] = 1;
        delta[i] = 1;
      }
    }
    double share = patchSide * patchSide / (double) (side * side);
    return manager -> {
      NDArray pixels = manager.create(delta, new Shape(3, side, side));
      return new Perturbation(
          pixels, manager.create(mask, new Shape(1, side, side)), new Budget(Norm.L0, share));
    };
  }

  /** A picture of middling greys, so that no change is cut off. */
  private Path picture(String name, int width, int height) throws IOException {
    SplittableRandom random = new SplittableRandom(width);
    byte[] planes = new byte[3 * width * height];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) random.nextInt(40, 200);
    }
    return Files.write(folder.resolve(name), PngFiles.encode(new RgbImage(width, height, planes)));
  }

  private static int[] changes(Path before, PerturbStep.Perturbed after) {
    byte[] clean = Pictures.read(before).planes();
    byte[] perturbed = Pictures.read(Objects.requireNonNull(after.out())).planes();
    int[] changes = new int[clean.length];
    for (int i = 0; i < changes.length; i++) {
      changes[i] = (perturbed[i] & 0xff) - (clean[i] & 0xff);
    }
    return changes;
  }
}
