package org.zepad.core.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;

class PerturbationPictureTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager("PyTorch");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aPatchIsShownAsItIsOnBlack() throws IOException {
    SquarePatch square = new SquarePatch(32, 20, 5);
    BufferedImage picture = picture(square.make(manager, column -> column / 5.0));
    assertThat(picture.getWidth()).isEqualTo(256);
    assertThat(picture.getHeight()).isEqualTo(256);
    for (int y = 0; y < 256; y++) {
      for (int x = 0; x < 256; x++) {
        boolean inside = x / 8 >= 20 && x / 8 < 25 && y / 8 >= 20 && y / 8 < 25;
        int grey = inside ? 51 * (x / 8 - 20) : 0;
        assertThat(picture.getRGB(x, y) & 0xffffff).isEqualTo(grey * 0x010101);
      }
    }
  }

  @Test
  void aChangeIsAmplifiedToBlackAndWhiteAroundGrey() throws IOException {
    float[] delta = new float[3 * 256 * 256];
    delta[0] = 0.02f;
    delta[256 * 256] = -0.02f;
    BufferedImage picture =
        picture(
            Perturbation.additive(
                manager.create(delta, new Shape(3, 256, 256)), new Budget(Norm.LINF, 0.02)));
    assertThat(picture.getWidth()).isEqualTo(256);
    assertThat(picture.getRGB(0, 0) & 0xffffff).isEqualTo(0xff0080);
    assertThat(picture.getRGB(1, 0) & 0xffffff).isEqualTo(0x808080);
  }

  private static BufferedImage picture(Perturbation perturbation) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(PerturbationPicture.png(perturbation)));
  }
}
