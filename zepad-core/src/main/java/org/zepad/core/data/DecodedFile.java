package org.zepad.core.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.io.AtomicFiles;

/**
 * Decoded and resized images of one data set part in one file, for reading by several threads.
 *
 * <p>Layout, big-endian: the magic {@value #MAGIC} in ASCII, int version, int side, int count, the
 * key (32 bytes), CRC-32C of all that; then a record for each image: a byte that says whether it
 * could be decoded, the SHA-256 of the image before it was resized, its planes, and CRC-32C of the
 * number of the record and all that. Nothing is taken from the file whose checksum is wrong.
 */
final class DecodedFile implements AutoCloseable {
  private static final String MAGIC = "ZEPADPIX";
  private static final int VERSION = 1;
  private static final int KEY = 32;
  private static final int HEADER = 8 + 3 * Integer.BYTES + KEY + Integer.BYTES;
  private static final int HASH = 32;
  private static final int BESIDE = 1 + HASH + Integer.BYTES;

  private final FileChannel channel;
  private final int side;

  private DecodedFile(FileChannel channel, int side) {
    this.channel = channel;
    this.side = side;
  }

  /**
   * An image of the file.
   *
   * @param hash of the image before it was resized; zeros if it could not be decoded
   * @param resized the image; null if it could not be decoded
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Entry(byte[] hash, @Nullable RgbImage resized) {}

  /** Makes the entry of a number. */
  @FunctionalInterface
  interface Source {
    /** The entry; called by several threads. */
    Entry entry(int number);
  }

  /** The length of a file in bytes. */
  static long length(int side, int count) {
    return HEADER + (long) count * recordLength(side);
  }

  private static int recordLength(int side) {
    return Math.addExact(BESIDE, Math.multiplyExact(3 * side, side));
  }

  /**
   * Writes a file, replacing one of that name when it is whole.
   *
   * @param key 32 bytes that say what the images are
   * @param written called after each record, on the calling thread, with how many there are
   */
  static void write(
      Path file, byte[] key, int side, int count, Source source, IntConsumer written) {
    AtomicFiles.write(
        file,
        out -> {
          out.write(header(key, side, count));
          try {
            InOrder.forEach(
                count,
                number -> record(number, side, source.entry(number)),
                (number, bytes) -> {
                  write(out, bytes);
                  written.accept(number + 1);
                });
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
  }

  private static void write(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] header(byte[] key, int side, int count) {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.put(MAGIC.getBytes(StandardCharsets.US_ASCII));
    header.putInt(VERSION).putInt(side).putInt(count).put(key);
    return header.putInt(checksum(header.array(), HEADER - Integer.BYTES, -1)).array();
  }

  private static byte[] record(int number, int side, Entry entry) {
    ByteBuffer record = ByteBuffer.allocate(recordLength(side));
    RgbImage image = entry.resized();
    record.put((byte) (image == null ? 0 : 1)).put(entry.hash());
    if (image != null) {
      record.put(image.planes());
    }
    int end = record.capacity() - Integer.BYTES;
    return record.putInt(end, checksum(record.array(), end, number)).array();
  }

  // With its number: a record that lies in another's place is wrong as well.
  private static int checksum(byte[] bytes, int length, int number) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /**
   * Opens a file.
   *
   * @return empty if it is not of this version, key, side and count, or not of the right length
   * @throws IOException if it cannot be read
   */
  static Optional<DecodedFile> open(Path file, byte[] key, int side, int count) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    boolean good = false;
    try {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      good =
          channel.size() == length(side, count)
              && read(channel, header, 0)
              && Arrays.equals(header.array(), header(key, side, count));
      return good ? Optional.of(new DecodedFile(channel, side)) : Optional.empty();
    } finally {
      if (!good) {
        channel.close();
      }
    }
  }

  /** The entry of a number; empty if what is there is damaged or cannot be read. */
  Optional<Entry> entry(int number) {
    ByteBuffer record = ByteBuffer.allocate(recordLength(side));
    try {
      if (!read(channel, record, length(side, number))) {
        return Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    byte[] bytes = record.array();
    int end = bytes.length - Integer.BYTES;
    if (record.getInt(end) != checksum(bytes, end, number)) {
      return Optional.empty();
    }
    byte[] hash = Arrays.copyOfRange(bytes, 1, 1 + HASH);
    if (bytes[0] == 0) {
      return Optional.of(new Entry(hash, null));
    }
    return Optional.of(
        new Entry(hash, new RgbImage(side, side, Arrays.copyOfRange(bytes, 1 + HASH, end))));
  }

  /** Whether it can be read: neither closed nor cut off by an interrupt. */
  boolean isOpen() {
    return channel.isOpen();
  }

  private static boolean read(FileChannel channel, ByteBuffer into, long from) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, from + into.position()) < 0) {
        return false;
      }
    }
    into.flip();
    return true;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It was read only: nothing is lost.
      return;
    }
  }
}
