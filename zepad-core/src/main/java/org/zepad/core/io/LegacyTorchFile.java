package org.zepad.core.io;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.zepad.api.ZepadException;

/**
 * The layout before torch 1.6: five pickles one after the other (magic number, protocol, facts of
 * the system, the object, the keys of its storages), then per storage its number of elements and
 * its bytes.
 */
final class LegacyTorchFile {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  private final Path file;
  private final long size;
  private final Map<String, TorchStorage> storages = new HashMap<>();
  private long position;

  private LegacyTorchFile(Path file, long size) {
    this.file = file;
    this.size = size;
  }

  /** The object, whose tensors are placed. */
  static Object read(Path file) {
    try {
      return new LegacyTorchFile(file, Files.size(file)).read();
    } catch (IOException e) {
      throw ZepadException.input(file + ": cannot be read: " + Failures.reason(e), e);
    }
  }

  private Object read() {
    if (!MAGIC.equals(pickle())) {
      throw bad("it is a pickle, but not one of PyTorch: the magic number is missing");
    }
    Object protocol = pickle();
    if (!protocol.equals(PROTOCOL)) {
      throw bad("it has the legacy protocol " + protocol + ", expected " + PROTOCOL);
    }
    if (pickle() instanceof Py.Dict system && Boolean.FALSE.equals(system.get("little_endian"))) {
      throw bad("it was written on a big-endian machine");
    }
    Object root = pickle();
    if (!(pickle() instanceof Py.Sequence keys)) {
      throw bad("the list of its storages is missing");
    }
    Set<String> placed = new HashSet<>();
    for (Object key : keys.items) {
      TorchStorage storage = key instanceof String name ? storages.get(name) : null;
      if (storage == null || !placed.add((String) key)) {
        throw bad("it lists a storage that no tensor uses, or lists it twice");
      }
      place(storage, (String) key);
    }
    if (placed.size() != storages.size()) {
      throw bad("it lacks " + (storages.size() - placed.size()) + " of its storages");
    }
    return root;
  }

  private Object pickle() {
    PickleInput in = new PickleInput(new FileRange(file, position, size - position));
    Object value =
        PickleMachine.run(
            file,
            in,
            id -> {
              StorageId storage = StorageId.of(file, id);
              TorchStorage known =
                  storages.computeIfAbsent(
                      storage.key(),
                      k ->
                          new TorchStorage(
                              file + ": storage " + k, storage.type(), storage.elements()));
              if (known.type() != storage.type() || known.elements() != storage.elements()) {
                throw bad("it describes storage " + storage.key() + " in two ways");
              }
              return known;
            });
    position += in.position();
    return value;
  }

  private void place(TorchStorage storage, String key) {
    if (size - position < 8) {
      throw bad("it was cut off before storage " + key);
    }
    long elements = new FileRange(file, position, 8).read(0, 8).getLong();
    position += 8;
    if (elements != storage.elements()) {
      throw bad(
          "storage " + key + " has " + elements + " elements, expected " + storage.elements());
    }
    long bytes = elements * storage.type().bytes();
    if (bytes > size - position) {
      throw bad("it was cut off in storage " + key);
    }
    storage.place(new FileRange(file, position, bytes));
    position += bytes;
  }

  private ZepadException bad(String reason) {
    return ZepadException.input(file + ": " + reason);
  }
}
