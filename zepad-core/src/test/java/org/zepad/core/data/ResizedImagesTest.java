package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zepad.api.RunContext;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.engine.RunContexts;

class ResizedImagesTest {

  private static RgbImage row(int... values) {
    byte[] planes = new byte[3 * values.length];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) values[i % values.length];
    }
    return new RgbImage(values.length, 1, planes);
  }

  @Test
  void enlargesWithHalfPixelCentres() {
    // Output centres at -1/4, 1/4, 3/4, 5/4 of the input pixels: 0, 0.25, 0.75, 1 of the way.
    RgbImage large = ResizedImages.resize(row(0, 200), 4, Fit.STRETCH);
    assertThat(new byte[] {large.planes()[0], large.planes()[1], large.planes()[2]})
        .isEqualTo(new byte[] {0, 50, (byte) 150});
    assertThat(large.planes()[3] & 255).isEqualTo(200);
  }

  @Test
  void shrinksWithAntiAliasing() {
    // Scale 2: the triangle around 1 weighs 0..2 with 3/4, 3/4, 1/4 (pixels -1 cut), sum 7/4.
    RgbImage small = ResizedImages.resize(row(0, 70, 210, 0), 2, Fit.STRETCH);
    assertThat(small.planes()[0]).isEqualTo((byte) Math.round((0.75 * 70 + 0.25 * 210) / 1.75));
    assertThat(small.planes()[1] & 255).isEqualTo(Math.round((0.25 * 70 + 0.75 * 210) / 1.75));
  }

  @ParameterizedTest
  @CsvSource({"32,32,64", "64,64,32", "25,40,32", "194,150,32", "96,96,32", "7,5,6", "1,1,4"})
  void agreesWithTorch(int width, int height, int size) {
    RgbImage image = new NoiseImages(1, 1, width, height).image(0);
    RgbImage ours = ResizedImages.resize(image, size, Fit.STRETCH);
    try (RunContext context =
            RunContexts.root(0, ai.djl.Device.cpu(), org.zepad.api.Progress.silent(), null);
        NDManager scope = context.manager().newSubManager()) {
      NDArray x =
          scope
              .create(
                  ByteBuffer.wrap(image.planes()), new Shape(1, 3, height, width), DataType.UINT8)
              .toType(DataType.FLOAT32, true);
      float[] theirs = context.ops().resize(x, size, size).toFloatArray();
      for (int i = 0; i < theirs.length; i++) {
        assertThat((double) (ours.planes()[i] & 255))
            .isBetween(theirs[i] - 0.501, theirs[i] + 0.501);
      }
    }
  }

  @Test
  void cropsTheMiddle() {
    RgbImage crop = ResizedImages.resize(row(1, 2, 3, 4, 5), 1, Fit.CROP);
    assertThat(crop.planes()).containsExactly(3, 3, 3);
  }

  @Test
  void leavesTheRightSizeAlone() {
    RgbImage image = new NoiseImages(1, 1, 8, 8).image(0);
    assertThat(ResizedImages.resize(image, 8, Fit.STRETCH)).isSameAs(image);
    byte[] before = image.planes().clone();
    ResizedImages.resize(image, 5, Fit.STRETCH);
    assertThat(image.planes()).isEqualTo(before);
    assertThatThrownBy(() -> new ResizedImages(new NoiseImages(1, 1, 1, 1), 0, Fit.CROP))
        .hasMessageContaining("got 0");
  }
}
