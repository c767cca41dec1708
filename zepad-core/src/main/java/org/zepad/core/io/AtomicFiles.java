package org.zepad.core.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;

/**
 * Writes files and folders so that a reader, or the next start after a kill, sees the old or the
 * new, never a part: everything is written under a temporary name in the same folder, forced to the
 * disk, and moved into place.
 *
 * <p>The temporary name is {@code .NAME.PID.N.part}; one that a kill left behind may be deleted. A
 * folder that is being replaced waits as {@code .NAME.PID.N.old}; see {@link #restore}.
 */
public final class AtomicFiles {
  private static final String PART = ".part";
  private static final String OLD = ".old";

  private AtomicFiles() {}

  /** Something that writes and may fail with an {@link IOException}. */
  @FunctionalInterface
  public interface Writer<T> {
    /** Writes into the target. */
    void write(T target) throws IOException;
  }

  /**
   * Writes a file, replacing one of that name. Missing parent folders are made.
   *
   * @param writer gets a buffered stream, which it need not close
   * @throws ZepadException of kind ENVIRONMENT if the disk is full, the folder read-only, ...; the
   *     old file is then untouched and nothing is left behind
   */
  public static void write(Path file, Writer<OutputStream> writer) {
    Path part = null;
    try {
      Path parent = makeParent(file);
      part = newSibling(file, PART, Files::createFile);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        writer.write(out);
        out.flush();
        channel.force(true);
      }
      move(part, file, StandardCopyOption.REPLACE_EXISTING);
      part = null;
      forceFolder(parent);
    } catch (IOException e) {
      throw failure(file, e);
    } finally {
      deleteQuietly(part);
    }
  }

  /** Writes a text file in UTF-8; see {@link #write}. */
  public static void writeText(Path file, String text) {
    write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes a folder, replacing one of that name. The old folder is renamed first and deleted when
   * the new one is in place; {@link #restore} puts it back after a kill between the two renames.
   * What killed calls left of their folders of this name is deleted.
   *
   * @param writer gets an empty folder under a temporary name, to be filled
   * @throws ZepadException of kind ENVIRONMENT as {@link #write} does
   */
  public static void writeFolder(Path folder, Writer<Path> writer) {
    Path part = null;
    Path old = null;
    try {
      Path parent = makeParent(folder);
      restore(folder);
      for (Path left : leftByTheDead(folder, PART, OLD)) {
        deleteTree(left);
      }
      part = newFolder(folder, PART);
      writer.write(part);
      forceTree(part);
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Path aside = newFolder(folder, OLD);
        Files.delete(aside);
        move(folder, aside);
        old = aside;
      }
      try {
        move(part, folder);
      } catch (IOException e) {
        if (old != null) {
          move(old, folder);
          old = null;
        }
        throw e;
      }
      part = null;
      forceFolder(parent);
    } catch (IOException e) {
      throw failure(folder, e);
    } finally {
      deleteQuietly(part);
      deleteQuietly(old);
    }
  }

  /**
   * Puts a folder back that {@link #writeFolder} had renamed, to replace it, when its process was
   * killed. Does nothing if there is a folder, or none to put back.
   *
   * @throws ZepadException of kind ENVIRONMENT if it cannot be put back
   */
  public static void restore(Path folder) {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      for (Path old : leftByTheDead(folder, OLD)) {
        move(old, folder);
        return;
      }
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /**
   * Deletes a file or a folder with everything in it; links are deleted, not followed.
   *
   * @throws ZepadException of kind ENVIRONMENT if something cannot be deleted
   */
  public static void delete(Path path) {
    try {
      deleteTree(path);
    } catch (IOException e) {
      throw ZepadException.environment("cannot delete " + path + ": " + Failures.reason(e), e);
    }
  }

  static Path makeParent(Path target) throws IOException {
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("it has no parent folder");
    }
    if (!Files.isDirectory(parent)) {
      Files.createDirectories(parent);
    }
    return parent;
  }

  private static Path newFolder(Path target, String ending) throws IOException {
    return newSibling(target, ending, Files::createDirectory);
  }

  /** A new empty file or folder beside the target, with the usual permissions. */
  private static Path newSibling(Path target, String ending, Creator creator) throws IOException {
    long pid = ProcessHandle.current().pid();
    for (int n = 0; ; n++) {
      Path sibling =
          target.toAbsolutePath().resolveSibling(prefix(target) + pid + "." + n + ending);
      try {
        return creator.create(sibling);
      } catch (FileAlreadyExistsException e) {
        if (n == 10_000) {
          throw e;
        }
      }
    }
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  /** Makes a file or a folder. */
  private interface Creator {
    Path create(Path path, FileAttribute<?>... attributes) throws IOException;
  }

  /** Temporary names beside the target whose processes are gone. */
  private static List<Path> leftByTheDead(Path target, String... endings) throws IOException {
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    Pattern name =
        Pattern.compile(
            Pattern.quote(prefix(target))
                + "(\\d{1,18})\\.\\d+("
                + String.join("|", endings)
                + ")");
    try (Stream<Path> siblings = Files.list(parent)) {
      return siblings
          .filter(
              sibling -> {
                Matcher matcher = name.matcher(sibling.getFileName().toString());
                return matcher.matches()
                    && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty();
              })
          .sorted()
          .toList();
    }
  }

  private static void move(Path from, Path to, StandardCopyOption... options) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, options);
    }
  }

  private static void forceTree(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.toList();
    }
    for (Path path : paths) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        forceFolder(path);
      } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
    }
  }

  /** Makes a rename durable; some systems cannot open a folder, and then need not. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The rename itself has happened; only its durability is in the system's hands.
      return;
    }
  }

  private static void deleteQuietly(@Nullable Path path) {
    if (path != null) {
      try {
        deleteTree(path);
      } catch (IOException e) {
        // The failure that led here is the one to report.
        return;
      }
    }
  }

  private static void deleteTree(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(path)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : paths) {
      Files.deleteIfExists(each);
    }
  }

  static ZepadException failure(Path target, IOException e) {
    return ZepadException.environment(
        "cannot write "
            + target
            + ": "
            + Failures.reason(e)
            + ". Check the free space and the permissions of the folder "
            + target.toAbsolutePath().getParent(),
        e);
  }
}
