package org.zepad.datasets.imagefolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zepad.datasets.files.RealData.labels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.Images;
import org.zepad.testkit.TestPictures;

class ImageFolderTest {
  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    folder = root.resolve("image-folder");
    TestPictures.write(folder.resolve("train/b"), 0x0000ff, "2.jpg", "10.PNG", "1.jpeg");
    TestPictures.write(folder.resolve("train/Z"), 0xff0000, "x.bmp", "y.JPG");
    TestPictures.write(folder.resolve("train/a b"), 0x00ff00, "p.png", "q.png", "r.png", "s.png");
    Files.writeString(folder.resolve("train/b/Thumbs.db"), "no picture");
    Files.writeString(folder.resolve("train/b/._1.jpeg"), "no picture");
    Files.createDirectories(folder.resolve("train/.cache"));
  }

  private void writeTest(String name) throws IOException {
    for (String c : new String[] {"b", "Z", "a b"}) {
      TestPictures.write(folder.resolve(name).resolve(c), 0, "t.png");
    }
  }

  private Dataset open(String train, String test, List<String> classes, long seed) {
    return new ImageFolder()
        .open(new ImageFolderOptions("", train, test, classes, 0.3, seed), root);
  }

  private Dataset open() {
    return open("train", "", List.of(), 0);
  }

  // Each picture of a folder has another width, so these tell them apart.
  private static List<String> which(Images images) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      all.add(images.label(i) + ":" + images.image(i).width());
    }
    return all;
  }

  @Test
  void classesAndPicturesAreSortedAsPythonSorts() throws IOException {
    writeTest("val");
    try (Dataset dataset = open()) {
      assertThat(dataset.classes()).containsExactly("Z", "a b", "b");
      assertThat(labels(dataset.train())).containsExactly(0, 0, 1, 1, 1, 1, 2, 2, 2);
      assertThat(labels(dataset.test())).containsExactly(0, 1, 2);
      // 1.jpeg, 10.PNG, 2.jpg, which were written third, second and first.
      assertThat(which(dataset.train())).endsWith("2:10", "2:9", "2:8");
      assertThatThrownBy(() -> dataset.train().image(9))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void testBeatsValUnlessItHasNoClasses() throws IOException {
    writeTest("val");
    TestPictures.write(folder.resolve("val/b"), 0, "u.png");
    Files.createDirectories(folder.resolve("test"));
    assertThat(open().test().size()).isEqualTo(4);
    writeTest("test");
    assertThat(open().test().size()).isEqualTo(3);
    assertThat(open("train", "val", List.of(), 0).test().size()).isEqualTo(4);
    assertThatThrownBy(() -> open("train", "dev", List.of(), 0))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(folder.resolve("dev") + " must hold a folder of test pictures");
  }

  @Test
  void aFixedShareOfEachClassIsHeldOut() throws IOException {
    Dataset one = open();
    assertThat(labels(one.test())).containsExactly(0, 1, 2);
    assertThat(labels(one.train())).containsExactly(0, 1, 1, 1, 2, 2);
    assertThat(which(one.train())).doesNotContainAnyElementsOf(which(one.test()));
    assertThat(which(open().test())).isEqualTo(which(one.test()));
    String heldOutOfB = which(one.test()).get(2).substring(1);
    // Neither the place nor the other classes matter.
    Path elsewhere = Files.createDirectories(root.resolve("far/away"));
    Files.move(folder, elsewhere.resolve("renamed"));
    Dataset moved =
        new ImageFolder()
            .open(
                new ImageFolderOptions("renamed", "train", "", List.of("b", "a b"), 0.3, 0),
                elsewhere);
    assertThat(moved.classes()).containsExactly("a b", "b");
    assertThat(which(moved.test()).get(1).substring(1)).isEqualTo(heldOutOfB);
  }

  @Test
  void otherSeedsHoldOthersOut() {
    assertThat(
            IntStream.range(0, 20)
                .mapToObj(seed -> which(open("train", "", List.of(), seed).test()))
                .distinct()
                .count())
        .isGreaterThan(5);
  }

  @Test
  void theFolderItselfMayHoldTheClasses() {
    Dataset dataset =
        new ImageFolder()
            .open(new ImageFolderOptions("image-folder/train", ".", "", List.of(), 0.5, 0), root);
    assertThat(dataset.classes()).containsExactly("Z", "a b", "b");
  }

  @Test
  void mistakesAreNamed() throws IOException {
    assertThatThrownBy(() -> open("training", "", List.of(), 0))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("training/CLASS")
        .hasMessageContaining("option train");
    assertThatThrownBy(() -> open("train", "", List.of("b", "c"), 0))
        .hasMessageContaining("has no class c")
        .hasMessageContaining("[Z, a b, b]");
    assertThatThrownBy(() -> open("train", "", List.of("b"), 0))
        .hasMessageContaining("only the classes [b]; at least 2");
    Files.createDirectories(folder.resolve("train/empty"));
    assertThatThrownBy(this::open)
        .hasMessageContaining(folder.resolve("train/empty") + " must be a folder that holds");
    TestPictures.write(folder.resolve("train/empty"), 0, "1.png");
    assertThatThrownBy(this::open).hasMessageContaining("train/empty holds 1 picture");
    Files.writeString(folder.resolve("train/empty/2.webp"), "");
    assertThatThrownBy(this::open).hasMessageContaining("2.webp is a picture of a kind");
  }

  @Test
  void trainingAndTestClassesMustAgree() throws IOException {
    writeTest("val");
    TestPictures.write(folder.resolve("val/c"), 0, "t.png");
    assertThatThrownBy(this::open).hasMessageContaining("holds the classes [c]");
    assertThat(open("train", "", List.of("b", "Z"), 0).test().size()).isEqualTo(2);
    TestPictures.write(folder.resolve("train/c"), 0, "t.png");
    TestPictures.write(folder.resolve("train/d"), 0, "t.png");
    assertThatThrownBy(this::open).hasMessageContaining(folder.resolve("val/d").toString());
  }

  @Test
  void aDamagedPictureIsNamedWhenItIsRead() throws IOException {
    Path picture = folder.resolve("train/Z/x.bmp");
    Files.writeString(picture, "BM, or not");
    Images images = open("train", "", List.of("Z", "b"), 0).train();
    Images test = open("train", "", List.of("Z", "b"), 0).test();
    assertThatThrownBy(
            () -> {
              which(images);
              which(test);
            })
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(picture.toString());
  }
}
