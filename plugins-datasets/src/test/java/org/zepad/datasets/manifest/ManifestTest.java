package org.zepad.datasets.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.zepad.datasets.files.RealData.labels;
import static org.zepad.testkit.TestPictures.pixel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.testkit.TestPictures;

class ManifestTest {
  @TempDir Path root;
  private Path folder;
  private Path table;

  @BeforeEach
  void writeFiles() throws IOException {
    folder = root.resolve("mine");
    TestPictures.write(folder.resolve("a"), 0x102030, "1.png", "2.png", "with, comma.png");
    TestPictures.write(folder.resolve("b"), 0x405060, "3.png", "4 \"x\".png");
    TestPictures.write(root.resolve("other"), 0, "5.png");
    table = folder.resolve("manifest.csv");
  }

  private Dataset open(boolean allowOutside, String... lines) throws IOException {
    Files.writeString(table, String.join("\r\n", lines) + "\r\n");
    return new Manifest().open(new ManifestOptions("mine/manifest.csv", allowOutside), root);
  }

  private Dataset open(String... lines) throws IOException {
    return open(false, lines);
  }

  @Test
  void readsNamesQuotesAndFurtherColumns() throws IOException {
    try (Dataset dataset =
        open(
            "\ufeffsplit,path,note,label",
            "train,b/3.png,,zebra",
            "train,\"a/with, comma.png\",x,\"Ape, small\"",
            "",
            "test,\"b/4 \"\"x\"\".png\",,\"Ape, small\"",
            "train, a/1.png ,,cat")) {
      assertThat(dataset.classes()).containsExactly("Ape, small", "cat", "zebra");
      assertThat(labels(dataset.train())).containsExactly(2, 0, 1);
      assertThat(labels(dataset.test())).containsExactly(0);
      assertThat(pixel(dataset.train().image(0), 0, 0)).containsExactly(0x40, 0x50, 0x60);
      assertThat(pixel(dataset.train().image(1), 0, 0)).containsExactly(0x10, 0x20, 0x30);
      assertThatThrownBy(() -> dataset.train().label(3))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void numbersAreLabels() throws IOException {
    String[] lines = new String[25];
    lines[0] = "path,label,split";
    for (int i = 0; i < 24; i++) {
      TestPictures.write(folder.resolve("c"), 0, "x" + i + ".png");
      lines[i + 1] = "c/x" + i + ".png," + (11 - i / 2) + "," + (i % 2 == 0 ? "train" : "test");
    }
    Dataset dataset = open(lines);
    assertThat(dataset.classes()).hasSize(12).startsWith("0", "1", "2").endsWith("11");
    assertThat(labels(dataset.train())).startsWith(11, 10, 9).endsWith(1, 0);
    lines[3] = "c/x2.png,13,train";
    assertThatThrownBy(() -> open(lines))
        .hasMessageContaining("line 4 has the label 13")
        .hasMessageContaining("from 0 to 12 without a gap");
    lines[5] = "c/x4.png,cat,train";
    assertThatThrownBy(() -> open(lines))
        .hasMessageContaining("line 2 has the number 11")
        .hasMessageContaining("line 6 the name 'cat'");
  }

  @Test
  void allMistakesAreToldWithTheirLines() {
    assertThatThrownBy(
            () ->
                open(
                    "path,label,split",
                    "a/1.png,cat",
                    "a/1.png,,train",
                    "a/1.png,cat,val",
                    "a/9.png,cat,train",
                    "a,cat,train",
                    "\"a/1.png,cat,train",
                    "\"a\"/1.png,cat,train",
                    "a/2.png,cat,train",
                    "b/../a/2.png,cat,test",
                    "../other/5.png,cat,train"))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(table + " is wrong:")
        .hasMessageContaining("line 2 has 2 cells, expected at least 3")
        .hasMessageContaining("line 3 has no label")
        .hasMessageContaining("line 4 has the split 'val', expected train or test")
        .hasMessageContaining("line 5 names 'a/9.png', which is not there")
        .hasMessageContaining("line 6 names 'a', which is no file")
        .hasMessageContaining("line 7 has a quote that is not closed")
        .hasMessageContaining("line 8 has '/' after a closing quote")
        .hasMessageContaining("line 10 names b/../a/2.png again, which line 9 has")
        .hasMessageContaining("line 11 names '../other/5.png', which lies outside of");
  }

  @Test
  void aClassThatIsOnlyTestedIsAMistake() {
    assertThatThrownBy(
            () ->
                open(
                    "path,label,split",
                    "a/1.png,cat,train",
                    "a/2.png,dog,train",
                    "b/3.png,Dog,test"))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("line 4 has the label 'Dog', which no training picture has");
    assertThatThrownBy(() -> open("path,label,split", "a/1.png,cat,train", "a/2.png,cat,test"))
        .hasMessageContaining("only the label cat");
  }

  @Test
  void manyMistakesAreCounted() {
    String[] lines = new String[31];
    lines[0] = "path,label,split";
    Arrays.fill(lines, 1, 31, "none.png,cat,train");
    assertThatThrownBy(() -> open(lines))
        .hasMessageContaining("line 21 names")
        .hasMessageContaining("and 10 lines more");
  }

  @Test
  void pathsLeadOutsideOnlyWhereAllowed() throws IOException {
    String[] lines = {
      "path,label,split",
      root.resolve("other/5.png") + ",cat,train",
      "a/1.png,dog,train",
      "b/3.png,dog,test"
    };
    assertThatThrownBy(() -> open(lines))
        .hasMessageContaining("line 2 names")
        .hasMessageContaining("allow-outside");
    assertThat(open(true, lines).train().size()).isEqualTo(2);
    Files.createSymbolicLink(folder.resolve("link.png"), root.resolve("other/5.png"));
    assertThatThrownBy(() -> open("path,label,split", "link.png,cat,train", "a/1.png,dog,test"))
        .hasMessageContaining("line 2 names 'link.png', which lies outside of");
  }

  @Test
  void aTableThatIsNoneIsNamed() throws IOException {
    assertThatThrownBy(() -> new Manifest().open(new ManifestOptions("none.csv", false), root))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining(root.resolve("none.csv") + " is no file")
        .hasMessageContaining("path,label,split");
    assertThatThrownBy(() -> open("path;label;split"))
        .hasMessageContaining("line 1 must be a header")
        .hasMessageContaining("path;label;split");
    assertThatThrownBy(() -> open("path,label,split", "a/1.png,cat,train", "a/2.png,dog,train"))
        .hasMessageContaining("2 training and 0 test pictures");
    Files.write(table, "path,label,split\na/\u00e4.png".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(
            () -> new Manifest().open(new ManifestOptions("mine/manifest.csv", false), root))
        .hasMessageContaining("UTF-8");
    Files.write(table, new byte[0]);
    assertThatThrownBy(
            () -> new Manifest().open(new ManifestOptions("mine/manifest.csv", false), root))
        .hasMessageContaining("is empty");
  }
}
