package org.zepad.core.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Knowledge;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.ThreatModel;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.defence.Role;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.evaluate.Example;
import org.zepad.core.evaluate.Measured;
import org.zepad.core.evaluate.SubjectInfo;
import org.zepad.core.metrics.Outcomes;

class CellFileTest {
  @TempDir Path folder;

  private static StoredCell cell(boolean detects) {
    Outcomes clean = new Outcomes(3);
    clean.add(new float[] {3, 1, 2, 0, 1, 2}, new long[] {0, 1});
    Outcomes attacked = new Outcomes(3);
    attacked.add(new float[] {1, 3, 2, 0, 5, 2}, new long[] {0, 1});
    SubjectInfo subject =
        new SubjectInfo(
            "zepad",
            false,
            detects ? new DetectionThreshold(0.25, OptionalDouble.of(0.05)) : null,
            detects
                ? List.of(
                    new SubjectInfo.BranchInfo("victim", Role.MPAE),
                    new SubjectInfo.BranchInfo("helper", Role.BMP))
                : List.of());
    return new StoredCell(
        1L << 40,
        "simclr",
        "cifar10",
        "per",
        ThreatModel.TRANSFER,
        Knowledge.ENCODER_AND_IMAGES,
        new Budget(Norm.LINF, 10 / 255.0),
        detects ? "zepad" : null,
        Map.of("test-sha256", "ab"),
        new Measured(
            subject,
            clean,
            attacked,
            detects ? new float[] {0.1f, 0.2f} : null,
            detects ? new float[] {0.3f, -0.4f} : null,
            detects ? new float[] {1, 2, 3, 4} : null,
            detects ? new float[] {5, 6, 7, 8} : null),
        detects
            ? new Gallery(
                List.of("cat", "dog"),
                List.of(
                    new Example(0, picture(1), picture(101)),
                    new Example(1, picture(-56), picture(7))))
            : Gallery.EMPTY);
  }

  private static RgbImage picture(int first) {
    byte[] planes = new byte[18];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) (first + i);
    }
    return new RgbImage(3, 2, planes);
  }

  @Test
  void whatWasMeasuredIsReadAsItWas() {
    for (boolean detects : new boolean[] {true, false}) {
      Path file = folder.resolve("cell-" + detects + ".safetensors");
      StoredCell cell = cell(detects);
      CellFile.write(file, cell);
      StoredCell read = CellFile.read(file);
      assertThat(read)
          .usingRecursiveComparison()
          .ignoringFields("measured.clean", "measured.attacked")
          .isEqualTo(cell);
      Outcomes clean = read.measured().clean();
      assertThat(clean.predictions()).containsExactly(0, 2);
      assertThat(clean.labels()).containsExactly(0, 1);
      assertThat(clean.changedBy(read.measured().attacked()).hits()).isEqualTo(2);
    }
  }

  @Test
  void aDamagedOrForeignFileIsNoCell() throws Exception {
    Path file = folder.resolve("cell.safetensors");
    CellFile.write(file, cell(true));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    assertThatThrownBy(() -> CellFile.read(file)).isInstanceOf(ZepadException.class);
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.write(
        file,
        text.replace("\\\"threatModel\\\":\\\"transfer\\\"", "\\\"threatModel\\\":\\\"transfex\\\"")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> CellFile.read(file))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("damaged cell")
        .hasMessageContaining("delete it");
  }
}
