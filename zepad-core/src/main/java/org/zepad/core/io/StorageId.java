package org.zepad.core.io;

import java.nio.file.Path;
import java.util.List;
import org.zepad.api.ZepadException;

/**
 * The persistent id under which a pickle names a storage.
 *
 * @param key digits
 * @param type the element type
 * @param elements the number of elements
 */
record StorageId(String key, ElementType type, long elements) {

  /**
   * Reads ("storage", class, key, location, elements), with a sixth element in the legacy layout.
   */
  static StorageId of(Path file, Py.Tuple id) {
    List<Object> items = id.items;
    if (items.size() < 5
        || items.size() > 6
        || !"storage".equals(items.get(0))
        || !(items.get(1) instanceof Py.Global type)
        || !(items.get(2) instanceof String key)
        || !(items.get(4) instanceof Long elements)) {
      throw ZepadException.input(
          file + ": its pickle names a storage in a way that is not PyTorch's");
    }
    if (!key.matches("[0-9]{1,32}")) {
      throw ZepadException.input(
          file + ": its pickle names the storage '" + key + "', which is not a number");
    }
    if (items.size() == 6 && items.get(5) != Py.None.NONE) {
      throw ZepadException.input(
          file
              + ": its storage "
              + key
              + " is a view of another one, as torch 0.3 and before wrote; save it again with a newer one");
    }
    ElementType elementType =
        type.module().equals("torch") ? ElementType.ofTorchStorage(type.name()).orElse(null) : null;
    if (elementType == null) {
      throw ZepadException.input(
          file + ": its storage " + key + " has the unsupported type " + type);
    }
    return new StorageId(key, elementType, elements);
  }
}
