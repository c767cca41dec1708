package org.zepad.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;

/**
 * Keeps the work on one product, a file or a folder, to one process at a time. The lock is the
 * system's, on the file {@code .NAME.lock} beside the product: it goes with the process that holds
 * it, however that ends, and a file that a kill left behind stops nobody.
 */
public final class WorkLock implements AutoCloseable {
  private static final int TRIES = 100;
  private static final int LONGEST_PID = 20;

  /**
   * Where the content is not: Windows lets nobody read what is locked, but a refused process reads
   * there who holds it.
   */
  private static final long PLACE = Long.MAX_VALUE - 1;

  /**
   * What this process holds. Static, as a process loses its lock on a file when it closes that file
   * anywhere (POSIX, fcntl), so that a second attempt must not even open it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private WorkLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a product, which need not be there. Missing parent folders are made.
   *
   * @throws ZepadException of kind ENVIRONMENT if another process, or another thread of this one,
   *     works on it; or if the folder cannot be written to
   */
  public static WorkLock of(Path product) {
    Path plain = product.toAbsolutePath().normalize();
    try {
      Path parent = AtomicFiles.makeParent(plain).toRealPath();
      Path file = parent.resolve("." + plain.getFileName() + ".lock");
      if (!HELD.add(file)) {
        throw taken(product, "this process");
      }
      WorkLock lock = null;
      try {
        lock = acquire(product, file);
        return lock;
      } finally {
        if (lock == null) {
          HELD.remove(file);
        }
      }
    } catch (IOException e) {
      throw AtomicFiles.failure(product, e);
    }
  }

  private static WorkLock acquire(Path product, Path file) throws IOException {
    for (int tries = 0; tries < TRIES; tries++) {
      Object there = makeFile(file);
      FileChannel channel = null;
      boolean held = false;
      try {
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (channel.tryLock(PLACE, 1, false) == null) {
          throw taken(product, "process " + holder(channel));
        }
        // Whoever held it before may have deleted it after it was opened: then it locks nothing.
        if (Objects.equals(there, key(file))) {
          channel.truncate(0);
          String pid = Long.toString(ProcessHandle.current().pid());
          channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
          held = true;
          return new WorkLock(file, channel);
        }
      } catch (NoSuchFileException e) {
        // Deleted meanwhile, as above: once more.
      } finally {
        if (channel != null && !held) {
          channel.close();
        }
      }
    }
    throw taken(product, "one process after another");
  }

  private static @Nullable Object makeFile(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Somebody holds it, or was killed.
      return key(file);
    }
    return key(file);
  }

  /** What tells a file from another of the same name, where the system says; null if it is gone. */
  private static @Nullable Object key(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(LONGEST_PID);
    channel.read(pid, 0);
    return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
  }

  private static ZepadException taken(Path product, String by) {
    return ZepadException.environment(
        product
            + " is being worked on by "
            + by
            + ". Wait for it and repeat the call, or choose another place.",
        null);
  }

  /** Lets others work on the product. */
  @Override
  public void close() {
    try (channel) {
      // While the lock is held, so that nobody deletes another's.
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // An empty file stays, which stops nobody.
      return;
    } finally {
      HELD.remove(file);
    }
  }
}
