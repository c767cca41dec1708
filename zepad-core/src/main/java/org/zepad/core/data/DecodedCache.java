package org.zepad.core.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.Sha256;

/**
 * A folder in which decoded images, and fingerprints of whole sets, outlive the process, for data
 * sets that say that this is worth it ({@link Images#identity}). Nothing in it is needed: it may be
 * deleted at any time, by anyone, and whatever is wrong in it is noticed and made anew. Several
 * processes may use it at once: files are written under another name and moved into place.
 *
 * @param folder made when it is needed
 * @param maxBytes all files together stay below it; those that were used last are kept
 */
public record DecodedCache(Path folder, long maxBytes) {
  private static final String IMAGES = ".pixels";
  private static final String PRINT = ".print";
  private static final int PRINT_LINE = 65;
  private static final Duration STALE = Duration.ofDays(1);
  private static final byte[] NO_HASH = new byte[32];

  /** Refuses a negative bound. */
  public DecodedCache {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("a cache has 0 bytes or more, got " + maxBytes);
    }
  }

  /**
   * Images of one size, from the folder where it has them; else all of them are decoded now, in
   * parallel, and written there. An image that cannot be decoded is noted as such.
   *
   * @param what the images, for messages
   * @param indices those that will be used, ascending
   * @param size side in pixels
   * @return empty if the images do not say what identifies them, or are more than the folder may
   *     hold, or cannot be written there
   */
  public Optional<DecodedImages> images(
      String what, Images images, int[] indices, int size, Fit fit, Progress progress) {
    Optional<String> identity = images.identity();
    if (identity.isEmpty() || indices.length == 0) {
      return Optional.empty();
    }
    long bytes = DecodedFile.length(size, indices.length);
    if (bytes > maxBytes) {
      progress.message(
          "decoded "
              + what
              + " are not kept: they take "
              + (bytes >> 20)
              + " MiB, more than the "
              + (maxBytes >> 20)
              + " MiB of the cache");
      return Optional.empty();
    }
    byte[] key = key("images", identity.get(), size + " " + fit, indices);
    Path file = folder.resolve(HexFormat.of().formatHex(key, 0, 16) + IMAGES);
    Runnable damaged =
        () -> {
          progress.message(
              "damaged images in "
                  + file
                  + "; decoding those of the data set instead, and the file anew next time");
          discard(file);
        };
    try {
      if (Files.isRegularFile(file)) {
        Optional<DecodedFile> kept = DecodedFile.open(file, key, size, indices.length);
        if (kept.isPresent()) {
          touch(file);
          return Optional.of(new DecodedImages(images, indices, size, fit, kept.get(), damaged));
        }
        progress.message(file + " is damaged or of another version; decoding anew");
        discard(file);
      }
      makeRoom(bytes);
      decode(what, file, key, images, indices, size, fit, progress);
      return DecodedFile.open(file, key, size, indices.length)
          .map(made -> new DecodedImages(images, indices, size, fit, made, damaged));
    } catch (IOException e) {
      progress.message("decoded " + what + " are not kept: " + e);
      return Optional.empty();
    } catch (ZepadException e) {
      if (e.kind() != ZepadException.Kind.ENVIRONMENT) {
        throw e;
      }
      progress.message("decoded " + what + " are not kept: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static void decode(
      String what,
      Path file,
      byte[] key,
      Images images,
      int[] indices,
      int size,
      Fit fit,
      Progress progress) {
    progress.start("decoding " + what, indices.length);
    DecodedFile.write(
        file,
        key,
        size,
        indices.length,
        number -> entry(images, indices[number], size, fit),
        done -> progress.update(done, ""));
  }

  private static DecodedFile.Entry entry(Images images, int index, int size, Fit fit) {
    try {
      RgbImage original = images.image(index);
      return new DecodedFile.Entry(
          Fingerprint.of(original), ResizedImages.resize(original, size, fit));
    } catch (ZepadException e) {
      if (e.kind() != ZepadException.Kind.INPUT) {
        throw e;
      }
      return new DecodedFile.Entry(NO_HASH, null);
    }
  }

  /**
   * The fingerprint of some images, from the folder where it is known.
   *
   * @param compute tells it otherwise
   */
  public String fingerprint(Images images, int[] indices, Supplier<String> compute) {
    Optional<String> identity = images.identity();
    if (identity.isEmpty()) {
      return compute.get();
    }
    int[] labels = Arrays.stream(indices).map(images::label).toArray();
    byte[] key = key("print", identity.get(), Arrays.toString(labels), indices);
    Path file = folder.resolve(HexFormat.of().formatHex(key, 0, 16) + PRINT);
    Optional<String> known = print(file, key);
    if (known.isPresent()) {
      touch(file);
      return known.get();
    }
    String print = compute.get();
    try {
      AtomicFiles.writeText(file, signed(print, key));
    } catch (ZepadException e) {
      // Told all the same; it is computed again next time.
      return print;
    }
    return print;
  }

  private static Optional<String> print(Path file, byte[] key) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) == 2 * PRINT_LINE) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String print = text.substring(0, PRINT_LINE - 1);
        return text.equals(signed(print, key)) ? Optional.of(print) : Optional.empty();
      }
    } catch (IOException e) {
      // As good as none.
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static String signed(String print, byte[] key) {
    String text = print + "\n" + HexFormat.of().formatHex(key) + "\n";
    return print + "\n" + Sha256.of(text.getBytes(StandardCharsets.UTF_8)) + "\n";
  }

  private static byte[] key(String kind, String identity, String how, int[] indices) {
    byte[] text = (kind + "\n" + identity + "\n" + how + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(text.length + Integer.BYTES * indices.length);
    all.put(text);
    Arrays.stream(indices).forEach(all::putInt);
    return HexFormat.of().parseHex(Sha256.of(all.array()));
  }

  // The files that were used longest ago go first. What another process deletes or holds is no
  // matter: the bound is kept as well as one process can.
  private void makeRoom(long bytes) throws IOException {
    Files.createDirectories(folder);
    List<Kept> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        String name = file.getFileName().toString();
        if (name.endsWith(".part") && isStale(file)) {
          discard(file);
        } else if (name.endsWith(IMAGES) || name.endsWith(PRINT)) {
          files.add(new Kept(file, lastUsed(file), size(file)));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(Comparator.comparing(Kept::lastUsed));
    long taken = files.stream().mapToLong(Kept::size).sum();
    for (Kept kept : files) {
      if (taken + bytes <= maxBytes) {
        return;
      }
      taken -= kept.size();
      discard(kept.file());
    }
  }

  private record Kept(Path file, FileTime lastUsed, long size) {}

  private static boolean isStale(Path file) {
    return lastUsed(file).toInstant().isBefore(Instant.now().minus(STALE));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private static FileTime lastUsed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // Another process may have deleted it; it is then made anew one day.
      return;
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is in use elsewhere: it stays until it is not.
      return;
    }
  }
}
