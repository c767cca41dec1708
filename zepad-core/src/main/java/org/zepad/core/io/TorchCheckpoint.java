package org.zepad.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;

/**
 * A checkpoint of PyTorch or Lightning, opened without executing anything of it: the zip layout of
 * torch 1.6 and later, and the one before. Nothing is written to disk; memory is taken for the
 * structure alone until a tensor is read.
 *
 * @param file where it lies
 * @param format its layout
 * @param tensors the tensors: those of {@code state_dict} where there is one, else all, nested
 *     names joined by dots; a bare tensor has the name "tensor"
 * @param facts epoch, versions and hyper-parameters
 */
public record TorchCheckpoint(
    Path file, String format, Map<String, StoredTensor> tensors, Map<String, Object> facts)
    implements TensorFile {

  private static final int MAX_HEAD = 4096;

  /**
   * Opens and checks a file.
   *
   * @throws ZepadException of kind INPUT, naming the file and what is wrong with it
   */
  public static TorchCheckpoint open(Path file) {
    byte[] head = head(file);
    if (head.length >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
      return of(file, "PyTorch zip", zip(file));
    }
    if (head.length >= 2 && (head[0] & 0xff) == 0x80) {
      return of(file, "PyTorch legacy", LegacyTorchFile.read(file));
    }
    throw unknown(file, head);
  }

  private static TorchCheckpoint of(Path file, String format, Object root) {
    TorchContents contents = new TorchContents(file, root);
    return new TorchCheckpoint(file, format, contents.tensors(), contents.facts());
  }

  private static Object zip(Path file) {
    Map<String, ZipDirectory.Entry> entries = ZipDirectory.read(file);
    List<String> pickles =
        entries.keySet().stream().filter(n -> n.matches("[^/]+/data\\.pkl")).toList();
    if (pickles.size() != 1) {
      throw ZepadException.input(
          file
              + ": a PyTorch file has one entry NAME/data.pkl, this zip file has "
              + pickles.size());
    }
    String folder = pickles.get(0).substring(0, pickles.get(0).length() - "data.pkl".length());
    if (entries.containsKey(folder + "constants.pkl")) {
      throw ZepadException.input(
          file + ": it is a TorchScript program; save its state_dict() instead");
    }
    refuseBigEndian(file, entries.get(folder + "byteorder"));
    ZipDirectory.Entry pickle = entry(file, entries, pickles.get(0));
    TorchStorage.verify(file + ": its pickle", pickle.data(), pickle.crc());
    PickleInput in = new PickleInput(pickle.data());
    Map<String, TorchStorage> storages = new HashMap<>();
    return PickleMachine.run(
        file,
        in,
        id -> {
          StorageId storage = StorageId.of(file, id);
          return storages.computeIfAbsent(
              storage.key() + " " + storage.type() + " " + storage.elements(),
              k -> place(file, storage, entry(file, entries, folder + "data/" + storage.key())));
        });
  }

  private static TorchStorage place(Path file, StorageId id, ZipDirectory.Entry entry) {
    TorchStorage storage =
        new TorchStorage(file + ": storage " + id.key(), id.type(), id.elements());
    storage.place(entry.data());
    storage.expectCrc(entry.crc());
    return storage;
  }

  private static ZipDirectory.Entry entry(
      Path file, Map<String, ZipDirectory.Entry> entries, String name) {
    ZipDirectory.Entry entry = entries.get(name);
    if (entry == null) {
      throw ZepadException.input(file + ": it lacks the entry " + name);
    }
    return entry;
  }

  private static void refuseBigEndian(Path file, ZipDirectory.@Nullable Entry order) {
    if (order != null && order.data().length() != "little".length()) {
      throw ZepadException.input(file + ": it was written on a big-endian machine");
    }
  }

  /** The first bytes of a file. */
  static byte[] head(Path file) {
    if (Files.isDirectory(file)) {
      throw ZepadException.input(file + ": it is a folder, expected a file");
    }
    try {
      int size = (int) Math.min(MAX_HEAD, Files.size(file));
      ByteBuffer buffer = new FileRange(file, 0, size).read(0, size);
      byte[] head = new byte[size];
      buffer.get(head);
      return head;
    } catch (IOException e) {
      throw ZepadException.input(file + ": cannot be read: " + Failures.reason(e), e);
    }
  }

  /** Whether it is nothing, or something that a download went wrong with. */
  static boolean isNoTensorFile(byte[] head) {
    return head.length == 0 || isLfsPointer(head) || isWebPage(head);
  }

  private static boolean isLfsPointer(byte[] head) {
    return text(head).startsWith("version https://git-lfs");
  }

  private static boolean isWebPage(byte[] head) {
    return text(head).stripLeading().startsWith("<");
  }

  private static String text(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1);
  }

  private static ZepadException unknown(Path file, byte[] head) {
    if (head.length == 0) {
      return ZepadException.input(file + ": it is empty");
    }
    if (isLfsPointer(head)) {
      return ZepadException.input(
          file
              + ": it is a git-lfs pointer, not the file itself. Fetch it with 'git lfs pull', or"
              + " download it from the web page of the repository");
    }
    if (isWebPage(head)) {
      return ZepadException.input(
          file + ": it is a web page, not a checkpoint. Download the file itself");
    }
    return ZepadException.input(
        file + ": it is neither a PyTorch checkpoint nor a safetensors file");
  }
}
