package org.zepad.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Download;

class FetcherTest {
  @TempDir Path root;
  private LocalServer server;
  private final byte[] content = new byte[300_000];

  @BeforeEach
  void start() throws IOException {
    new Random(4).nextBytes(content);
    server = new LocalServer();
    server.put("/set.bin", content);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static Download.Checksum sha256(byte[] bytes) throws Exception {
    return Download.Checksum.sha256(
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
  }

  private Download download(byte[] bytes, Download.Unpacking unpacking, String... paths)
      throws Exception {
    return new Download(
        "set.bin",
        Stream.of(paths).map(server::address).toList(),
        bytes.length,
        sha256(bytes),
        "some/set",
        unpacking);
  }

  private Download plain() throws Exception {
    return download(content, Download.Unpacking.NONE, "/set.bin");
  }

  private void fetch(Download download) {
    fetch(download, Optional.empty());
  }

  private void fetch(Download download, Optional<URI> mirror) {
    Progress silent = Progress.silent();
    new Fetcher(
            root,
            mirror,
            silent,
            new HttpDownload(silent, 2, Duration.ofMillis(10), Duration.ofSeconds(5)))
        .fetch(download);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(p -> root.relativize(p).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  @Test
  void aFileIsLoadedCheckedAndPutInPlace() throws Exception {
    fetch(plain());
    assertThat(files()).containsExactly("some/set/set.bin");
    assertThat(Files.readAllBytes(root.resolve("some/set/set.bin"))).isEqualTo(content);
    // The second time it is found, and checked all the same.
    fetch(plain());
    assertThat(server.asked).containsExactly("/set.bin");
    Files.write(root.resolve("some/set/set.bin"), new byte[content.length]);
    assertThatThrownBy(() -> fetch(plain()))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("has the SHA-256")
        .hasMessageContaining("delete it");
    assertThat(files()).containsExactly("some/set/set.bin");
  }

  @Test
  void md5IsCheckedToo() throws Exception {
    String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    for (String hex : new String[] {md5, "0".repeat(32)}) {
      Download download =
          new Download(
              "set.bin",
              List.of(server.address("/set.bin")),
              content.length,
              Download.Checksum.md5(hex),
              "set",
              Download.Unpacking.NONE);
      if (hex.equals(md5)) {
        fetch(download);
        Files.delete(root.resolve("set/set.bin"));
      } else {
        assertThatThrownBy(() -> fetch(download)).hasMessageContaining("has the MD5 " + md5);
      }
    }
  }

  @Test
  void aPartIsGoneOnWith() throws Exception {
    Path part = Files.createDirectories(root.resolve("some/set")).resolve("set.bin.part");
    Files.write(part, Arrays.copyOf(content, 100_000));
    fetch(plain());
    assertThat(server.asked).containsExactly("/set.bin bytes=100000-");
    assertThat(files()).containsExactly("some/set/set.bin");
    assertThat(Files.readAllBytes(root.resolve("some/set/set.bin"))).isEqualTo(content);
  }

  @Test
  void aServerWithoutRangesStartsOver() throws Exception {
    Path part = Files.createDirectories(root.resolve("some/set")).resolve("set.bin.part");
    Files.write(part, new byte[100_000]);
    server.ranges = false;
    fetch(plain());
    assertThat(Files.readAllBytes(root.resolve("some/set/set.bin"))).isEqualTo(content);
  }

  @Test
  void aWholePartNeedsNoServer() throws Exception {
    Path part = Files.createDirectories(root.resolve("some/set")).resolve("set.bin.part");
    Files.write(part, content);
    server.close();
    fetch(plain());
    assertThat(files()).containsExactly("some/set/set.bin");
  }

  @Test
  void brokenConnectionsAreGoneOnWith() throws Exception {
    server.cutAfter = 70_000;
    fetch(plain());
    assertThat(server.asked)
        .containsExactly(
            "/set.bin",
            "/set.bin bytes=70000-",
            "/set.bin bytes=140000-",
            "/set.bin bytes=210000-",
            "/set.bin bytes=280000-");
    assertThat(Files.readAllBytes(root.resolve("some/set/set.bin"))).isEqualTo(content);
  }

  @Test
  void aServerThatDiesLeavesThePartForTheNextCall() throws Exception {
    Path part = Files.createDirectories(root.resolve("some/set")).resolve("set.bin.part");
    Files.write(part, Arrays.copyOf(content, 100_000));
    server.cutAfter = 0;
    assertThatThrownBy(() -> fetch(plain()))
        .isInstanceOfSatisfying(
            ZepadException.class,
            e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.ENVIRONMENT))
        .hasMessageContaining("it goes on where it stopped");
    assertThat(part).hasSize(100_000);
    server.cutAfter = Integer.MAX_VALUE;
    fetch(plain());
    assertThat(Files.readAllBytes(root.resolve("some/set/set.bin"))).isEqualTo(content);
  }

  @Test
  void aWrongChecksumOrSizeIsRefusedAndNothingKept() throws Exception {
    byte[] other = content.clone();
    other[5]++;
    server.put("/set.bin", other);
    assertThatThrownBy(() -> fetch(plain()))
        .isInstanceOfSatisfying(
            ZepadException.class, e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.INPUT))
        .hasMessageContaining("has the SHA-256")
        .hasMessageContaining("nothing was kept");
    assertThat(files()).isEmpty();
    for (int length : new int[] {content.length - 1, content.length + 1}) {
      server.put("/set.bin", Arrays.copyOf(content, length));
      assertThatThrownBy(() -> fetch(plain()))
          .isInstanceOf(ZepadException.class)
          .hasMessageContaining("has " + length + " bytes, the official file has 300000");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void redirectionsAreFollowedSomeWay() throws Exception {
    server.redirect("/a", "/b");
    server.redirect("/b", server.address("/set.bin").toString());
    fetch(download(content, Download.Unpacking.NONE, "/a"));
    assertThat(server.asked).containsExactly("/a", "/b", "/set.bin");
    server.redirect("/round", "/round");
    Files.delete(root.resolve("some/set/set.bin"));
    assertThatThrownBy(() -> fetch(download(content, Download.Unpacking.NONE, "/round")))
        .hasMessageContaining("redirects more than 5 times");
    server.redirect("/file", "file:///etc/passwd");
    assertThatThrownBy(() -> fetch(download(content, Download.Unpacking.NONE, "/file")))
        .hasMessageContaining("which is not followed");
    assertThat(files()).isEmpty();
  }

  @Test
  void theNextAddressIsTriedAndAllFailuresTold() throws Exception {
    fetch(download(content, Download.Unpacking.NONE, "/none", "/set.bin"));
    assertThat(server.asked).containsExactly("/none", "/set.bin");
    Files.delete(root.resolve("some/set/set.bin"));
    server.status = 503;
    assertThatThrownBy(() -> fetch(download(content, Download.Unpacking.NONE, "/x", "/y")))
        .hasMessageContaining("/x: answers with status 503")
        .hasMessageContaining("/y: answers with status 503")
        .hasMessageContaining(root.resolve("some/set/set.bin").toString());
    server.status = 0;
    assertThatThrownBy(() -> fetch(download(content, Download.Unpacking.NONE, "/none")))
        .hasMessageContaining("/none: answers with status 404");
    assertThat(files()).isEmpty();
    server.close();
    assertThatThrownBy(() -> fetch(plain()))
        .isInstanceOfSatisfying(
            ZepadException.class,
            e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.ENVIRONMENT))
        .hasMessageContaining("cannot connect")
        .hasMessageContaining("put it at\n  " + root.resolve("some/set/set.bin"));
  }

  @Test
  void aMirrorIsAskedInsteadOfTheOfficialAddress() throws Exception {
    server.put("/copy/set.bin", content);
    fetch(
        download(content, Download.Unpacking.NONE, "/none"), Optional.of(server.address("/copy")));
    assertThat(server.asked).containsExactly("/copy/set.bin");
  }

  @Test
  void archivesAreUnpackedIntoTheFolder() throws Exception {
    for (Download.Unpacking kind : List.of(Download.Unpacking.TAR_GZ, Download.Unpacking.ZIP)) {
      String longName = "d/" + "n".repeat(120) + ".bin";
      byte[] archive =
          kind == Download.Unpacking.ZIP
              ? zip("d/a.bin", longName, "e.txt")
              : Tar.gz(new Tar().folder("d/").file("d/a.bin").file(longName).file("./e.txt"));
      server.put("/set.bin", archive);
      Files.createDirectories(root.resolve("some/set/d"));
      Files.writeString(root.resolve("some/set/d/mine.txt"), "stays");
      fetch(download(archive, kind, "/set.bin"));
      assertThat(files())
          .containsExactly(
              "some/set/d/a.bin", "some/set/d/mine.txt", "some/set/" + longName, "some/set/e.txt");
      assertThat(root.resolve("some/set/d/a.bin")).hasContent("content of d/a.bin");
      assertThat(root.resolve("some/set/" + longName)).hasContent("content of " + longName);
      Files.delete(root.resolve("some/set/e.txt"));
    }
  }

  @Test
  void archivesThatLeadOutsideAreRefused() throws Exception {
    for (String name : new String[] {"../x", "a/../../x", "/etc/x", "C:/x", "a\\..\\x"}) {
      refused(Download.Unpacking.TAR_GZ, Tar.gz(new Tar().file("ok.bin").file(name)), "lead out");
      refused(Download.Unpacking.ZIP, zip("ok.bin", name), "lead out");
    }
    refused(Download.Unpacking.TAR_GZ, Tar.gz(new Tar().link("x", "/etc/passwd")), "is a link");
  }

  @Test
  void damagedArchivesAreRefused() throws Exception {
    byte[] tar = new Tar().file("a.bin").file("b.bin").bytes();
    refused(Download.Unpacking.TAR_GZ, Tar.gz(Arrays.copyOf(tar, 520)), "it ends");
    refused(Download.Unpacking.TAR_GZ, Tar.gz(Arrays.copyOf(tar, 1100)), "it ends");
    byte[] sum = tar.clone();
    sum[3]++;
    refused(Download.Unpacking.TAR_GZ, Tar.gz(sum), "wrong sum");
    byte[] cut = Tar.gz(tar);
    refused(Download.Unpacking.TAR_GZ, Arrays.copyOf(cut, cut.length / 2), "damaged");
    refused(Download.Unpacking.TAR_GZ, "no archive".getBytes(StandardCharsets.UTF_8), "damaged");
    refused(Download.Unpacking.ZIP, "no archive".getBytes(StandardCharsets.UTF_8), "damaged");
    // A megabyte and more of zeros in a few bytes.
    refused(
        Download.Unpacking.TAR_GZ,
        Tar.gz(new Tar().file("z.bin", new byte[3_000_000])),
        "far more");
  }

  private void refused(Download.Unpacking kind, byte[] archive, String why) throws Exception {
    server.put("/set.bin", archive);
    assertThatThrownBy(() -> fetch(download(archive, kind, "/set.bin")))
        .as(why)
        .isInstanceOfSatisfying(
            ZepadException.class, e -> assertThat(e.kind()).isEqualTo(ZepadException.Kind.INPUT))
        .hasMessageContaining(why);
    assertThat(files()).containsExactly("some/set/set.bin");
    Files.delete(root.resolve("some/set/set.bin"));
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(("content of " + name).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  /** Writes tar archives, good ones and others. */
  private static final class Tar {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Tar file(String name) {
      String plain = name.startsWith("./") ? name.substring(2) : name;
      return file(name, ("content of " + plain).getBytes(StandardCharsets.UTF_8));
    }

    Tar file(String name, byte[] content) {
      if (name.length() > 100) {
        entry("././@LongLink", 'L', "", (name + "\0").getBytes(StandardCharsets.UTF_8));
      }
      return entry(name, '0', "", content);
    }

    Tar folder(String name) {
      return entry(name, '5', "", new byte[0]);
    }

    Tar link(String name, String to) {
      return entry(name, '2', to, new byte[0]);
    }

    private Tar entry(String name, char type, String link, byte[] content) {
      byte[] header = new byte[512];
      put(header, 0, name.substring(0, Math.min(100, name.length())));
      put(header, 100, "0000644");
      put(header, 124, String.format("%011o", content.length));
      put(header, 148, "        ");
      header[156] = (byte) type;
      put(header, 157, link);
      put(header, 257, "ustar\00000");
      int sum = 0;
      for (byte b : header) {
        sum += b & 255;
      }
      put(header, 148, String.format("%06o\0", sum));
      out.writeBytes(header);
      out.writeBytes(content);
      out.writeBytes(new byte[(512 - content.length % 512) % 512]);
      return this;
    }

    private static void put(byte[] header, int at, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    byte[] bytes() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(out.toByteArray());
      all.writeBytes(new byte[1024]);
      return all.toByteArray();
    }

    static byte[] gz(Tar tar) throws IOException {
      return gz(tar.bytes());
    }

    static byte[] gz(byte[] tar) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gz = new GZIPOutputStream(bytes)) {
        gz.write(tar);
      }
      return bytes.toByteArray();
    }
  }
}
