package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.picture.Pictures;
import org.zepad.testkit.TestPictures;

class DatasetsCommandTest {
  @TempDir Path data;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(args, new PrintWriter(out), new PrintWriter(err), false);
  }

  private void writePictures() throws IOException {
    for (String part : new String[] {"train", "test"}) {
      for (String name : new String[] {"ape", "bee"}) {
        Path folder = data.resolve("image-folder").resolve(part).resolve(name);
        TestPictures.write(folder, name.hashCode(), "1.png", "2.jpg", "3.jpg");
      }
    }
    TestPictures.writeDamaged(data.resolve("image-folder/train/bee"));
  }

  @Test
  void listsWhatIsAtHandAndWhatToPutWhere() throws IOException {
    writePictures();
    assertThat(run("datasets", "list", "--data", data.toString())).isZero();
    assertThat(out.toString())
        .containsPattern("image-folder +10 +6 +2 ")
        .containsPattern("cifar10 +- +- +- ")
        .contains("cifar10: 'zepad datasets fetch cifar10' brings it.")
        .contains("animals10: Animals-10 by")
        .doesNotContain("shapes:");
    assertThat(run("datasets", "list", "--json", "--data", data.toString())).isZero();
    JsonNode all = new ObjectMapper().readTree(out.toString());
    assertThat(all).hasSizeGreaterThan(8);
    for (JsonNode each : all) {
      if (each.get("name").asText().equals("cifar10")) {
        assertThat(each.get("atHand").asBoolean()).isFalse();
        assertThat(each.get("missing").asText()).contains(data.toString());
      }
    }
  }

  @Test
  void showsAContactSheet() throws IOException {
    writePictures();
    Path sheet = data.resolve("sheet.png");
    String[] args = {
      "datasets",
      "show",
      "image-folder",
      "--data",
      data.toString(),
      "--out",
      sheet.toString(),
      "--per-class",
      "9",
      "--size",
      "32",
      "--set",
      "test-fraction=0.5"
    };
    assertThat(run(args)).as(err.toString()).isZero();
    assertThat(out.toString())
        .containsPattern("0 +ape +3")
        .containsPattern("1 +bee +7")
        .contains("10 train images in 2 classes")
        .contains("4 pictures of the sheet cannot be read");
    assertThat(Pictures.read(sheet).height()).isEqualTo(2 * 36 + 4);
    assertThat(run("datasets", "show", "shapes", "--part", "test", "--out", sheet.toString()))
        .isZero();
    assertThat(out.toString()).contains("1000 test images in 12 classes");
    assertThat(run("datasets", "show", "cifar10", "--data", data.toString())).isEqualTo(3);
    assertThat(run("datasets", "show", "shapes", "--per-class", "0")).isEqualTo(2);
    assertThat(run("datasets", "show", "shaped")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean 'shapes'?");
  }

  @Test
  void fetchSaysWhatToPutWhere() throws IOException {
    assertThat(
            run(
                "datasets",
                "fetch",
                "svhn",
                "--mirror",
                "http://host-that-is-none.invalid/x",
                "--into",
                data.toString()))
        .isEqualTo(4);
    assertThat(err.toString())
        .contains("cannot download train_32x32.mat")
        .contains("there is no host host-that-is-none.invalid")
        .contains(data.resolve("svhn/train_32x32.mat").toString());
    assertThat(run("datasets", "fetch", "animals10")).isEqualTo(2);
    assertThat(err.toString()).contains("Kaggle").contains("animals10/raw-img");
    assertThat(run("datasets", "fetch", "shapes")).isEqualTo(2);
    assertThat(err.toString()).contains("needs no files");
    assertThat(run("datasets", "fetch", "svhn", "--mirror", "ftp://x")).isEqualTo(2);
    writePictures();
    assertThat(run("datasets", "fetch", "image-folder", "--data", data.toString())).isEqualTo(2);
    assertThat(Files.exists(data.resolve("svhn/train_32x32.mat.part"))).isFalse();
  }

  @Test
  void theCacheIsWhereTheSystemWantsIt() {
    Map<String, String> none = Map.of();
    assertThat(CacheFolder.standard(none, "Linux", "/home/me"))
        .contains(Path.of("/home/me/.cache/zepad"));
    assertThat(CacheFolder.standard(Map.of("XDG_CACHE_HOME", "/c"), "Linux", "/home/me"))
        .contains(Path.of("/c/zepad"));
    assertThat(CacheFolder.standard(Map.of("XDG_CACHE_HOME", "c"), "Linux", "/home/me"))
        .contains(Path.of("/home/me/.cache/zepad"));
    assertThat(CacheFolder.standard(none, "Mac OS X", "/Users/me"))
        .contains(Path.of("/Users/me/Library/Caches/zepad"));
    assertThat(CacheFolder.standard(Map.of("LOCALAPPDATA", "/l"), "Windows 11", "/u"))
        .contains(Path.of("/l/zepad"));
    assertThat(CacheFolder.standard(none, "Windows 11", "/u")).isEmpty();
  }
}
