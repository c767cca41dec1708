package org.zepad.core.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Download;
import org.zepad.core.io.AtomicFiles;

/**
 * Brings official files into a data folder. A file is checked before anything is done with it; what
 * is half loaded waits under {@code NAME.part} for the next call, which goes on there. A file that
 * was put into its folder by hand is taken instead of a download.
 */
public final class Fetcher {
  private final Path root;
  private final Optional<URI> mirror;
  private final Progress progress;
  private final HttpDownload http;

  /**
   * Fetches into a data folder.
   *
   * @param root made when it is needed
   * @param mirror where files are looked for by their name instead of at the official addresses
   */
  public Fetcher(Path root, Optional<URI> mirror, Progress progress) {
    this(root, mirror, progress, new HttpDownload(progress));
  }

  Fetcher(Path root, Optional<URI> mirror, Progress progress, HttpDownload http) {
    this.root = root;
    this.mirror = mirror;
    this.progress = progress;
    this.http = http;
  }

  /**
   * Brings one file and unpacks it.
   *
   * @throws ZepadException of kind ENVIRONMENT if no address gives the file, saying what to put
   *     where; of kind INPUT if what came is another file, which is then deleted
   */
  public void fetch(Download download) {
    Path folder = root.resolve(download.folder());
    Path file = folder.resolve(download.name());
    make(folder);
    if (Files.isRegularFile(file)) {
      progress.message("found " + file);
      check(file, download, file + " was there already; delete it to have it downloaded");
    } else {
      Path part = folder.resolve(download.name() + ".part");
      http.load(addresses(download), download, part, file);
      try {
        check(part, download, "nothing was kept");
      } catch (ZepadException e) {
        AtomicFiles.delete(part);
        throw e;
      }
      move(part, file);
    }
    if (download.unpacking() != Download.Unpacking.NONE) {
      progress.message("unpacking " + file);
      Unpacker.unpack(file, download, folder);
      AtomicFiles.delete(file);
    }
  }

  private List<URI> addresses(Download download) {
    return mirror
        .map(
            base -> {
              String text = base.toString();
              return List.of(URI.create(text + (text.endsWith("/") ? "" : "/") + download.name()));
            })
        .orElse(download.addresses());
  }

  private void check(Path file, Download download, String remedy) {
    long length = length(file);
    if (length != download.bytes()) {
      throw ZepadException.input(
          file
              + " has "
              + length
              + " bytes, the official file has "
              + download.bytes()
              + "; "
              + remedy);
    }
    progress.message("checking " + file);
    Download.Checksum wanted = download.checksum();
    String found = hash(file, wanted.algorithm().title());
    if (!found.equals(wanted.hex())) {
      throw ZepadException.input(
          file
              + " has the "
              + wanted.algorithm().title()
              + " "
              + found
              + ", the official file has "
              + wanted.hex()
              + "; "
              + remedy);
    }
  }

  private static String hash(Path file, String algorithm) {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    } catch (IOException e) {
      throw ZepadException.input("cannot read " + file + ": " + e, e);
    }
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw ZepadException.input("cannot read " + file + ": " + e, e);
    }
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw ZepadException.environment("cannot make the folder " + folder + ": " + e, e);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw ZepadException.environment("cannot move " + from + " to " + to + ": " + e, e);
    }
  }
}
