package org.zepad.datasets.imagenet20;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.zepad.datasets.files.RealData.counts;
import static org.zepad.datasets.files.RealData.means;
import static org.zepad.testkit.TestPictures.pixel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.RgbImage;
import org.zepad.datasets.files.RealData;
import org.zepad.testkit.TestPictures;

class Imagenet20Test {
  @TempDir Path root;

  private void write(String wnid) throws IOException {
    for (String part : new String[] {"train", "val"}) {
      TestPictures.write(root.resolve("imagenet").resolve(part).resolve(wnid), 0, wnid + ".JPEG");
    }
  }

  private Dataset open(String... classes) {
    return new Imagenet20().open(new Imagenet20Options("", List.of(classes)), root);
  }

  @Test
  void takesWhatIsThereUpToTwentyElseItsOwn() throws IOException {
    assertThat(Imagenet20.CLASSES).hasSize(20).doesNotHaveDuplicates();
    for (String wnid : Imagenet20.CLASSES.subList(1, 20)) {
      write(wnid);
    }
    write("n00000001");
    assertThat(open().classes()).hasSize(20).startsWith("n00000001", "n02086240");
    write("n00000002");
    assertThatThrownBy(this::open)
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("has no class n01440764. Change the option classes");
    write("n01440764");
    assertThat(open().classes()).hasSize(20).isSorted().hasSameElementsAs(Imagenet20.CLASSES);
    Dataset two = open("n03888257", "n00000002");
    assertThat(two.classes()).containsExactly("n00000002", "n03888257");
    assertThat(two.test().size()).isEqualTo(2);
  }

  @Test
  void nothingThereNamesThePlaces() {
    assertThatThrownBy(this::open)
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(root.resolve("imagenet20").toString())
        .hasMessageContaining("val/WNID");
  }

  @Test
  void readsTheRealImages() {
    Path datasets = RealData.root("imagenette");
    try (Dataset dataset = new Imagenet20().open(new Imagenet20Options("", List.of()), datasets)) {
      assertThat(dataset.classes()).hasSize(10).startsWith("n01440764").endsWith("n03888257");
      assertThat(counts(dataset.train(), 10)).containsOnly(80);
      assertThat(counts(dataset.test(), 10)).containsOnly(25);
      // As Pillow decodes them; two decoders of JPEG may differ by a few levels.
      RgbImage first = dataset.train().image(0);
      assertThat(first.width()).isEqualTo(224);
      near(pixel(first, 0, 0), 135, 156, 77);
      near(pixel(first, 50, 100), 105, 115, 114);
      // A greyscale file: levels unchanged, three equal channels.
      RgbImage grey = dataset.train().image(211);
      near(pixel(grey, 0, 0), 114, 114, 114);
      near(pixel(grey, 50, 100), 87, 87, 87);
      int[] pixel = pixel(grey, 17, 3);
      assertThat(pixel).containsOnly(pixel[0]);
      assertThat(means(dataset.test()))
          .containsExactly(new double[] {117.3677, 115.1612, 109.4057}, within(0.1));
    }
  }

  private static void near(int[] pixel, int... expected) {
    for (int c = 0; c < 3; c++) {
      assertThat(pixel[c]).isCloseTo(expected[c], within(4));
    }
  }
}
