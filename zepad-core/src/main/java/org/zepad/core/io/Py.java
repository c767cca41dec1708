package org.zepad.core.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inert objects that a pickle is made into. Besides them a pickle's values are {@code String},
 * {@code Long}, {@code BigInteger}, {@code Double}, {@code Boolean}, {@code byte[]} and {@link
 * TorchTensor}.
 *
 * <p>None of the containers has an {@code equals} or {@code hashCode} of its contents: a hostile
 * pickle can nest and share them so that walking them never ends.
 */
final class Py {
  private Py() {}

  /** Python's None. */
  enum None {
    NONE
  }

  /** A class or function, by name alone. Ordered, so that no choice of names slows a map down. */
  record Global(String module, String name) implements Comparable<Global> {
    @Override
    public int compareTo(Global other) {
      int modules = module.compareTo(other.module);
      return modules == 0 ? name.compareTo(other.name) : modules;
    }

    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  /** A tuple. */
  static final class Tuple {
    final List<Object> items;

    Tuple(List<Object> items) {
      this.items = items;
    }
  }

  /** A list, a set or a frozen set. */
  static final class Sequence {
    final List<Object> items = new ArrayList<>(0);
  }

  /** A dictionary of any kind, in its order. Keys that are containers are compared by identity. */
  static final class Dict {
    private @Nullable Map<Object, Object> entries;

    Map<Object, Object> entries() {
      return entries == null ? Map.of() : entries;
    }

    void put(Object key, Object value) {
      if (entries == null) {
        entries = new LinkedHashMap<>();
      }
      entries.put(key, value);
    }

    @Nullable Object get(String key) {
      return entries().get(key);
    }
  }

  /** An object of a class that we do not know; nothing of the class is ever called. */
  static final class Instance {
    final Global type;
    final Dict items = new Dict();
    Object state = None.NONE;

    Instance(Global type) {
      this.type = type;
    }
  }

  /** What a value is, for a person. */
  static String describe(Object value) {
    if (value instanceof Tuple) {
      return "a tuple";
    }
    if (value instanceof Sequence) {
      return "a list";
    }
    if (value instanceof Dict) {
      return "a dictionary";
    }
    if (value instanceof Instance i) {
      return "an object of " + i.type;
    }
    if (value instanceof Global g) {
      return "the class " + g;
    }
    if (value instanceof TorchTensor) {
      return "a tensor";
    }
    if (value instanceof None) {
      return "None";
    }
    return "a " + value.getClass().getSimpleName();
  }
}
