package org.zepad.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;

/**
 * The directory of a zip file whose entries are all stored, as PyTorch writes them (APPNOTE 6.3,
 * zip64 included). Nothing is unpacked; an entry is a range of the file. Refused are names that
 * occur twice or leave the archive, entries that overlap or lie outside of the file, compressed or
 * encrypted ones, and directories that disagree with the entries.
 */
final class ZipDirectory {
  private static final int MAX_ENTRIES = 100_000;
  private static final long MAX_DIRECTORY = 16L << 20;

  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int END64_LOCATOR = 0x07064b50;
  private static final int END64_LOCATOR_SIZE = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_SIZE = 56;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_SIZE = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final long IN_EXTRA = 0xffffffffL;

  private final Path file;
  private final FileChannel channel;

  /**
   * An entry.
   *
   * @param data where its bytes lie
   * @param crc the CRC-32 that the directory states
   */
  record Entry(FileRange data, long crc) {}

  private record Raw(String name, long header, long size, long crc) {}

  private record End(long entries, long offset, long size, long at) {}

  private ZipDirectory(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** The entries by name, in the order of the directory. */
  static Map<String, Entry> read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return new ZipDirectory(file, channel).read();
    } catch (IOException e) {
      throw ZepadException.input(file + ": cannot be read: " + Failures.reason(e), e);
    }
  }

  private Map<String, Entry> read() throws IOException {
    End end = end();
    List<Raw> raws = central(end);
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<FileRange> used = new ArrayList<>();
    for (Raw raw : raws) {
      FileRange data = locate(raw, end.offset());
      used.add(new FileRange(file, raw.header(), data.offset() + data.length() - raw.header()));
      if (entries.put(raw.name(), new Entry(data, raw.crc())) != null) {
        throw bad("entry " + raw.name() + " is there twice");
      }
    }
    refuseOverlap(used);
    return entries;
  }

  private End end() throws IOException {
    long size = channel.size();
    int tail = (int) Math.min(size, END_SIZE + 0xffff);
    ByteBuffer buffer = at(size - tail, tail);
    for (int i = tail - END_SIZE; i >= 0; i--) {
      if (buffer.getInt(i) == END && i + END_SIZE + u16(buffer, i + 20) == tail) {
        return end(buffer, i, size - tail + i);
      }
    }
    throw bad("it begins like a zip file and has no directory at its end: it was cut off");
  }

  private End end(ByteBuffer buffer, int i, long at) throws IOException {
    long entries = u16(buffer, i + 10);
    long size = u32(buffer, i + 12);
    long offset = u32(buffer, i + 16);
    boolean disks = u16(buffer, i + 4) != 0 || u16(buffer, i + 6) != 0;
    if (at >= END64_LOCATOR_SIZE) {
      ByteBuffer locator = at(at - END64_LOCATOR_SIZE, END64_LOCATOR_SIZE);
      if (locator.getInt(0) == END64_LOCATOR) {
        long end64 = locator.getLong(8);
        if (end64 < 0 || end64 > at - END64_LOCATOR_SIZE - END64_SIZE) {
          throw bad("its zip64 directory lies outside of the file");
        }
        ByteBuffer record = at(end64, END64_SIZE);
        if (record.getInt(0) != END64) {
          throw bad("its zip64 directory is damaged");
        }
        entries = record.getLong(32);
        size = record.getLong(40);
        offset = record.getLong(48);
        return checked(new End(entries, offset, size, end64), false);
      }
    }
    return checked(new End(entries, offset, size, at), disks);
  }

  private End checked(End end, boolean disks) {
    if (disks
        || end.entries() < 0
        || end.entries() > MAX_ENTRIES
        || end.size() < 0
        || end.size() > MAX_DIRECTORY
        || end.offset() < 0
        || end.offset() > end.at() - end.size()) {
      throw bad(
          "its directory of "
              + end.entries()
              + " entries, "
              + end.size()
              + " bytes at "
              + end.offset()
              + ", does not lie in the file or is too large");
    }
    return end;
  }

  private List<Raw> central(End end) throws IOException {
    ByteBuffer buffer = at(end.offset(), (int) end.size());
    List<Raw> entries = new ArrayList<>();
    int i = 0;
    for (long n = 0; n < end.entries(); n++) {
      if (buffer.limit() - i < CENTRAL_SIZE || buffer.getInt(i) != CENTRAL) {
        throw bad("its directory is damaged at entry " + n);
      }
      int nameLength = u16(buffer, i + 28);
      int extraLength = u16(buffer, i + 30);
      int next = i + CENTRAL_SIZE + nameLength + extraLength + u16(buffer, i + 32);
      if (next > buffer.limit()) {
        throw bad("its directory is damaged at entry " + n);
      }
      entries.add(entry(buffer, i, nameLength, extraLength));
      i = next;
    }
    return entries;
  }

  private Raw entry(ByteBuffer buffer, int i, int nameLength, int extraLength) {
    byte[] bytes = new byte[nameLength];
    buffer.get(i + CENTRAL_SIZE, bytes);
    String name = new String(bytes, StandardCharsets.UTF_8);
    refuseName(name);
    if (u16(buffer, i + 10) != 0 || (u16(buffer, i + 8) & 1) != 0) {
      throw bad("entry " + name + " is compressed or encrypted, which PyTorch never does");
    }
    long packed = u32(buffer, i + 20);
    long size = u32(buffer, i + 24);
    long header = u32(buffer, i + 42);
    // The zip64 extra field holds, in this order, those values that did not fit.
    int extra = i + CENTRAL_SIZE + nameLength;
    int extraEnd = extra + extraLength;
    while (extraEnd - extra >= 4) {
      int length = u16(buffer, extra + 2);
      if (extraEnd - extra - 4 < length) {
        throw bad("entry " + name + " has a damaged extra field");
      }
      if (u16(buffer, extra) == 1) {
        int at = extra + 4;
        int stop = at + length;
        if (size == IN_EXTRA && stop - at >= 8) {
          size = buffer.getLong(at);
          at += 8;
        }
        if (packed == IN_EXTRA && stop - at >= 8) {
          packed = buffer.getLong(at);
          at += 8;
        }
        if (header == IN_EXTRA && stop - at >= 8) {
          header = buffer.getLong(at);
        }
      }
      extra += 4 + length;
    }
    if (packed != size) {
      throw bad("entry " + name + " claims " + size + " bytes and stores " + packed);
    }
    return new Raw(name, header, size, u32(buffer, i + 16));
  }

  private void refuseName(String name) {
    if (name.isEmpty()
        || name.startsWith("/")
        || name.indexOf('\\') >= 0
        || name.indexOf(0) >= 0
        || name.indexOf(':') >= 0
        || List.of(name.split("/", -1)).contains("..")) {
      throw bad("it has an entry named '" + name + "', which leaves the archive");
    }
  }

  /** Finds an entry's bytes behind its own header, which must agree with the directory. */
  private FileRange locate(Raw raw, long dataEnd) throws IOException {
    if (raw.header() < 0 || raw.header() > dataEnd - LOCAL_SIZE || raw.size() < 0) {
      throw bad("entry " + raw.name() + " lies outside of the file");
    }
    ByteBuffer header = at(raw.header(), LOCAL_SIZE);
    int nameLength = u16(header, 26);
    long start = raw.header() + LOCAL_SIZE + nameLength + u16(header, 28);
    if (header.getInt(0) != LOCAL || u16(header, 8) != 0) {
      throw bad("entry " + raw.name() + " has no header of its own, or a different one");
    }
    if (start > dataEnd || raw.size() > dataEnd - start) {
      throw bad(
          "entry " + raw.name() + " claims " + raw.size() + " bytes, more than the file holds");
    }
    byte[] name = new byte[nameLength];
    at(raw.header() + LOCAL_SIZE, nameLength).get(name);
    if (!raw.name().equals(new String(name, StandardCharsets.UTF_8))) {
      throw bad("entry " + raw.name() + " has another name in its own header");
    }
    return new FileRange(file, start, raw.size());
  }

  private void refuseOverlap(List<FileRange> used) {
    used.sort(Comparator.comparingLong(FileRange::offset));
    long position = 0;
    for (FileRange range : used) {
      if (range.offset() < position) {
        throw bad("two of its entries share bytes, at " + range.offset());
      }
      position = range.offset() + range.length();
    }
  }

  private ByteBuffer at(long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw bad("it was cut off");
      }
    }
    return buffer.flip();
  }

  private static int u16(ByteBuffer buffer, int i) {
    return buffer.getShort(i) & 0xffff;
  }

  private static long u32(ByteBuffer buffer, int i) {
    return buffer.getInt(i) & 0xffffffffL;
  }

  private ZepadException bad(String reason) {
    return ZepadException.input(file + ": " + reason);
  }
}
