package org.zepad.core.fetch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Download;
import org.zepad.core.io.AtomicFiles;

/**
 * Unpacks an archive into a folder: aside first, and into place when all of it is there. What would
 * lead out of the folder, links, and more bytes or files than any data set has are refused.
 */
final class Unpacker {
  private static final int MAX_ENTRIES = 2_000_000;
  // Pictures and pixels shrink to a tenth at best.
  private static final long MAX_RATIO = 64;
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private final Path archive;
  private final Path aside;
  private final byte[] buffer = new byte[1 << 16];
  private long bytesLeft;
  private int entriesLeft = MAX_ENTRIES;

  private Unpacker(Path archive, Path aside, long maxBytes) {
    this.archive = archive;
    this.aside = aside;
    this.bytesLeft = maxBytes;
  }

  /**
   * Unpacks.
   *
   * @param folder where to; files of the same names are replaced, others stay
   * @throws ZepadException of kind INPUT if the archive is damaged or not to be trusted, of kind
   *     ENVIRONMENT if the disk does not take it; before anything was put in place
   */
  static void unpack(Path archive, Download download, Path folder) {
    Path aside = folder.resolve("." + archive.getFileName() + ".unpacked");
    AtomicFiles.delete(aside);
    try {
      Files.createDirectories(aside);
      Unpacker unpacker =
          new Unpacker(archive, aside, Math.multiplyExact(MAX_RATIO, download.bytes()) + (1 << 20));
      if (download.unpacking() == Download.Unpacking.ZIP) {
        unpacker.zip();
      } else {
        unpacker.tar();
      }
      merge(aside, folder);
    } catch (IOException e) {
      throw ZepadException.environment(
          "cannot unpack "
              + archive
              + " into "
              + folder
              + ": "
              + e
              + ". Check the free space and the permissions",
          e);
    } finally {
      AtomicFiles.delete(aside);
    }
  }

  private void zip() throws IOException {
    try (ZipFile zip = open()) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.isDirectory()) {
          Files.createDirectories(place(entry.getName()));
        } else {
          try (InputStream in = content(zip, entry)) {
            write(place(entry.getName()), in, Long.MAX_VALUE);
          }
        }
      }
    }
  }

  private ZipFile open() {
    try {
      return new ZipFile(archive.toFile());
    } catch (IOException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private InputStream content(ZipFile zip, ZipEntry entry) {
    try {
      return zip.getInputStream(entry);
    } catch (IOException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private void tar() throws IOException {
    try (InputStream raw = Files.newInputStream(archive);
        InputStream in = new BufferedInputStream(gunzip(raw), 1 << 16)) {
      TarInput tar = new TarInput(in, this::damaged);
      while (tar.next()) {
        if (tar.isFolder()) {
          Files.createDirectories(place(tar.name()));
        } else {
          write(place(tar.name()), tar.data(), tar.size());
        }
      }
    }
  }

  private InputStream gunzip(InputStream raw) {
    try {
      return new GZIPInputStream(raw, 1 << 16);
    } catch (IOException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  // Reading fails because of the archive, writing because of the disk.
  private void write(Path file, InputStream in, long size) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent(), "it is below the folder"));
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      long written = 0;
      for (int n = read(in); n >= 0; n = read(in)) {
        bytesLeft -= n;
        if (bytesLeft < 0) {
          throw damaged("it unpacks to far more than its own size");
        }
        out.write(buffer, 0, n);
        written += n;
      }
      if (size != Long.MAX_VALUE && written != size) {
        throw damaged("it ends within " + file.getFileName());
      }
    }
  }

  private int read(InputStream in) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  // Where an entry goes: below the folder, or nowhere.
  private Path place(String name) {
    if (--entriesLeft < 0) {
      throw damaged("it has more than " + MAX_ENTRIES + " entries");
    }
    if (name.startsWith("/")
        || name.indexOf('\\') >= 0
        || name.indexOf('\0') >= 0
        || DRIVE.matcher(name).matches()) {
      throw damaged("its entry '" + name + "' would lead out of the folder");
    }
    Path place = aside;
    for (String step : name.split("/", -1)) {
      if (step.equals("..")) {
        throw damaged("its entry '" + name + "' would lead out of the folder");
      }
      if (!step.isEmpty() && !step.equals(".")) {
        place = place.resolve(step);
      }
    }
    return place;
  }

  private ZepadException damaged(String what) {
    return ZepadException.input(
        archive + " is damaged or not to be trusted: " + what + ". Nothing was unpacked");
  }

  // A folder that is new is moved at once, one that exists is filled up.
  private static void merge(Path from, Path to) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (Stream<Path> all = Files.list(from)) {
      all.forEach(entries::add);
    }
    for (Path entry : entries) {
      Path target = to.resolve(entry.getFileName());
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && Files.isDirectory(target)) {
        merge(entry, target);
      } else {
        Files.move(entry, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
