package org.zepad.core.io;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;

/**
 * Finds the tensors and the facts in what a checkpoint's pickle holds. Containers may be shared and
 * cyclic: every walk visits a container once and is bounded.
 */
final class TorchContents {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_FACTS = 1000;
  private static final int MAX_FACT_LENGTH = 1000;

  /** Parts of a Lightning checkpoint that hold neither weights nor facts about them. */
  private static final Set<String> LEFT_OUT =
      Set.of("state_dict", "optimizer_states", "optimizer", "lr_schedulers", "callbacks", "loops");

  private final Path file;
  private final Object root;

  private record Node(String path, Object value, int depth) {}

  TorchContents(Path file, Object root) {
    this.file = file;
    this.root = root;
  }

  Map<String, StoredTensor> tensors() {
    Object start = root;
    Object stateDict = root instanceof Py.Dict dict ? dict.get("state_dict") : null;
    if (stateDict != null) {
      if (!(stateDict instanceof Py.Dict)) {
        throw bad("its state_dict is " + Py.describe(stateDict) + ", not a dictionary of tensors");
      }
      start = stateDict;
    }
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    if (start instanceof TorchTensor tensor) {
      tensors.put("tensor", tensor);
    } else {
      collect(start, tensors);
    }
    if (tensors.isEmpty()) {
      throw bad("it holds " + Py.describe(root) + " without tensors");
    }
    return Collections.unmodifiableMap(tensors);
  }

  /** Depth first, so that the order is that of the file. */
  private void collect(Object start, Map<String, StoredTensor> tensors) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>();
    open.push(new Node("", start, 0));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (node.value() instanceof TorchTensor tensor) {
        if (tensors.put(node.path(), tensor) != null) {
          throw bad("two tensors are called " + node.path());
        }
      } else if (node.depth() <= MAX_DEPTH && seen.add(node.value())) {
        Deque<Node> children = new ArrayDeque<>();
        children(node, children);
        children.forEach(open::push);
      }
    }
  }

  /** The named children of a node in reverse order: of a dictionary, or of a pickled module. */
  private static void children(Node node, Deque<Node> reversed) {
    if (node.value() instanceof Py.Dict dict) {
      entries(node, dict, reversed);
    } else if (node.value() instanceof Py.Instance instance
        && instance.state instanceof Py.Dict state) {
      for (String part : new String[] {"_parameters", "_buffers", "_modules"}) {
        if (state.get(part) instanceof Py.Dict dict) {
          entries(node, dict, reversed);
        }
      }
    }
  }

  private static void entries(Node node, Py.Dict dict, Deque<Node> reversed) {
    dict.entries()
        .forEach(
            (key, value) -> {
              boolean top = node.depth() == 0;
              if (key instanceof String name && !(top && LEFT_OUT.contains(name))) {
                String path = node.path().isEmpty() ? name : node.path() + "." + name;
                reversed.push(new Node(path, value, node.depth() + 1));
              }
            });
  }

  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (!(root instanceof Py.Dict)) {
      return facts;
    }
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>();
    open.push(new Node("", root, 0));
    while (!open.isEmpty() && facts.size() < MAX_FACTS) {
      Node node = open.pop();
      Object value = content(node.value());
      Object plain = plain(value);
      if (plain != null) {
        facts.put(node.path(), plain);
      } else if (isContainer(value) && node.depth() < MAX_DEPTH && seen.add(value)) {
        Deque<Node> children = new ArrayDeque<>();
        factsOf(new Node(node.path(), value, node.depth()), children);
        children.forEach(open::push);
      }
    }
    return Collections.unmodifiableMap(facts);
  }

  private static boolean isContainer(Object value) {
    return value instanceof Py.Dict || value instanceof Py.Sequence || value instanceof Py.Tuple;
  }

  private static void factsOf(Node node, Deque<Node> reversed) {
    if (node.value() instanceof Py.Dict dict) {
      entries(node, dict, reversed);
      return;
    }
    Iterable<Object> items =
        node.value() instanceof Py.Tuple t ? t.items : ((Py.Sequence) node.value()).items;
    int i = 0;
    for (Object item : items) {
      reversed.push(new Node(node.path() + "." + i++, item, node.depth() + 1));
    }
  }

  /**
   * What an object of an unknown class holds, where it is one of configuration: omegaconf keeps
   * values under these names, argparse.Namespace directly in its state.
   */
  private static Object content(Object value) {
    Object content = value;
    for (int i = 0; i < 4 && content instanceof Py.Instance instance; i++) {
      if (!instance.items.entries().isEmpty()) {
        return instance.items;
      }
      if (!(instance.state instanceof Py.Dict state)) {
        return content;
      }
      Object inner = state.get("_val");
      if (inner == null) {
        inner = state.get("_content");
      }
      content = inner == null ? state : inner;
    }
    return content;
  }

  private static @Nullable Object plain(Object value) {
    if (value instanceof Long || value instanceof Double || value instanceof Boolean) {
      return value;
    }
    if (value instanceof BigInteger) {
      return value.toString();
    }
    if (value instanceof String text) {
      return text.length() <= MAX_FACT_LENGTH ? text : text.substring(0, MAX_FACT_LENGTH) + "...";
    }
    return null;
  }

  private ZepadException bad(String reason) {
    return ZepadException.input(file + ": " + reason);
  }
}
