package org.zepad.core.io;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.zepad.api.ZepadException;

/**
 * Runs a pickle (protocols 2 to 5) into inert data. There is no way from a pickle to code: classes
 * are names, objects of unknown classes are placeholders, and the few callables that checkpoints
 * need are rebuilt here, from a fixed list; a call of anything else is refused.
 *
 * <p>The machine does not recurse, and its work is bounded: nesting costs nothing, and a pickle of
 * too many steps is refused before it fills the memory.
 */
final class PickleMachine {
  /** A checkpoint takes about forty steps a tensor; this suffices for 25,000 tensors. */
  private static final int MAX_STEPS = 1_000_000;

  private static final Set<String> ORDERED =
      Set.of("collections.OrderedDict", "builtins.dict", "__builtin__.dict");
  private static final Set<String> SETS =
      Set.of("builtins.set", "__builtin__.set", "builtins.frozenset", "__builtin__.frozenset");

  private final Path file;
  private final PickleInput in;
  private final Function<Py.Tuple, TorchStorage> storages;
  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private int steps;

  private PickleMachine(Path file, PickleInput in, Function<Py.Tuple, TorchStorage> storages) {
    this.file = file;
    this.in = in;
    this.storages = storages;
  }

  /**
   * Runs one pickle.
   *
   * @param storages finds the storage of a persistent id
   * @return what it holds; see {@link Py}
   * @throws ZepadException of kind INPUT, naming the file and the reason
   */
  static Object run(Path file, PickleInput in, Function<Py.Tuple, TorchStorage> storages) {
    return new PickleMachine(file, in, storages).run();
  }

  private Object run() {
    if (in.u8() != 0x80) {
      throw bad("does not begin as a pickle of protocol 2 or later");
    }
    int protocol = in.u8();
    if (protocol < 2 || protocol > 5) {
      throw bad("has protocol " + protocol + ", expected 2 to 5");
    }
    for (int op = in.u8(); op != '.'; op = in.u8()) {
      charge(1);
      step(op);
    }
    Object result = pop();
    if (!stack.isEmpty() || !marks.isEmpty()) {
      throw bad("leaves " + stack.size() + " objects behind");
    }
    return result;
  }

  private void charge(long work) {
    steps += (int) Math.min(work, MAX_STEPS);
    if (steps > MAX_STEPS) {
      throw bad("takes more than " + MAX_STEPS + " steps");
    }
  }

  private void step(int op) {
    switch (op) {
      case 0x80 -> throw bad("begins anew in its middle");
      case 0x95 -> in.unsigned(8); // FRAME: its length is of no use here
      case '(' -> marks.add(stack.size());
      case '0' -> pop();
      case '1' -> items();
      case 'N', 0x88, 0x89, 'K', 'M', 'J', 0x8a, 'G' -> push(number(op));
      case 'X' -> push(in.text(in.unsigned(4)));
      case 0x8c -> push(in.text(in.unsigned(1)));
      case 0x8d -> push(in.text(in.unsigned(8)));
      case 'U' -> push(in.text(in.unsigned(1)));
      case 'T' -> push(in.text(in.unsigned(4)));
      case 'C' -> push(in.bytes(in.unsigned(1)));
      case 'B' -> push(in.bytes(in.unsigned(4)));
      case 0x8e -> push(in.bytes(in.unsigned(8)));
      case 'q' -> memo.put(in.unsigned(1), top());
      case 'r' -> memo.put(in.unsigned(4), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'h' -> push(recall(in.unsigned(1)));
      case 'j' -> push(recall(in.unsigned(4)));
      case 'c' -> push(new Py.Global(in.line(), in.line()));
      case 0x93 -> stackGlobal();
      case 'Q' -> push(storages.apply(as(Py.Tuple.class, pop())));
      default -> container(op);
    }
  }

  private Object number(int op) {
    return switch (op) {
      case 'N' -> Py.None.NONE;
      case 0x88 -> true;
      case 0x89 -> false;
      case 'K' -> in.unsigned(1);
      case 'M' -> in.unsigned(2);
      case 'J' -> (long) (int) in.unsigned(4);
      case 'G' -> Double.longBitsToDouble(Long.reverseBytes(in.unsigned(8)));
      default -> integer();
    };
  }

  /** LONG1: two's complement, little-endian. */
  private Object integer() {
    byte[] bytes = in.bytes(in.unsigned(1));
    if (bytes.length == 0) {
      return 0L;
    }
    for (int i = 0; i < bytes.length / 2; i++) {
      byte swap = bytes[i];
      bytes[i] = bytes[bytes.length - 1 - i];
      bytes[bytes.length - 1 - i] = swap;
    }
    BigInteger value = new BigInteger(bytes);
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  private void container(int op) {
    switch (op) {
      case ')' -> push(new Py.Tuple(List.of()));
      case 0x85 -> push(tuple(1));
      case 0x86 -> push(tuple(2));
      case 0x87 -> push(tuple(3));
      case 't' -> push(new Py.Tuple(items()));
      case ']', 0x8f -> push(new Py.Sequence());
      case '}' -> push(new Py.Dict());
      case 'a' -> append(List.of(pop()));
      case 'e', 0x90 -> append(items());
      case 0x91 -> {
        List<Object> items = items();
        push(new Py.Sequence());
        append(items);
      }
      case 's' -> {
        Object value = pop();
        setItems(List.of(pop(), value));
      }
      case 'u' -> setItems(items());
      case 'R' -> reduce();
      case 0x81 -> {
        pop();
        newObject();
      }
      case 0x92 -> {
        pop();
        pop();
        newObject();
      }
      case 'b' -> build();
      default ->
          throw bad(
              "has the operation 0x" + Integer.toHexString(op) + ", which no checkpoint needs");
    }
  }

  private Py.Tuple tuple(int count) {
    int start = stack.size() - count;
    if (start < floor()) {
      throw bad("takes more than there is");
    }
    return new Py.Tuple(cut(start));
  }

  /** Everything above the last mark, which is removed. */
  private List<Object> items() {
    if (marks.isEmpty()) {
      throw bad("lacks a mark");
    }
    return cut(marks.remove(marks.size() - 1));
  }

  private List<Object> cut(int start) {
    List<Object> tail = stack.subList(start, stack.size());
    List<Object> items = List.copyOf(tail);
    tail.clear();
    return items;
  }

  private void append(List<Object> items) {
    Object target = top();
    if (target instanceof Py.Sequence sequence) {
      sequence.items.addAll(items);
    } else if (!(target instanceof Py.Instance)) {
      // The items of an object of an unknown list class are of no use.
      throw bad("appends to " + Py.describe(target));
    }
  }

  private void setItems(List<Object> items) {
    Object target = top();
    Py.Dict dict;
    if (target instanceof Py.Dict d) {
      dict = d;
    } else if (target instanceof Py.Instance instance) {
      dict = instance.items;
    } else {
      throw bad("sets items of " + Py.describe(target));
    }
    if (items.size() % 2 != 0) {
      throw bad("sets a key without a value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      dict.put(items.get(i), items.get(i + 1));
    }
  }

  private void stackGlobal() {
    String name = as(String.class, pop());
    push(new Py.Global(as(String.class, pop()), name));
  }

  /** An object made without a call: known dictionaries and sets as such, others as placeholders. */
  private void newObject() {
    Py.Global type = as(Py.Global.class, pop());
    String name = type.toString();
    if (ORDERED.contains(name)) {
      push(new Py.Dict());
    } else if (SETS.contains(name)) {
      push(new Py.Sequence());
    } else {
      push(new Py.Instance(type));
    }
  }

  private void build() {
    Object state = pop();
    Object target = top();
    if (target instanceof Py.Instance instance) {
      instance.state = state;
    } else if (!(target instanceof Py.Dict) && !(target instanceof TorchTensor)) {
      // Attributes of dictionaries and tensors, such as _metadata, are of no use.
      throw bad("builds " + Py.describe(target));
    }
  }

  private void reduce() {
    Py.Tuple arguments = as(Py.Tuple.class, pop());
    Py.Global function = as(Py.Global.class, pop());
    String name = function.toString();
    List<Object> given = arguments.items;
    if (ORDERED.contains(name)) {
      push(dict(given));
    } else if (name.equals("collections.defaultdict")) {
      push(new Py.Dict());
    } else if (SETS.contains(name)) {
      push(set(given));
    } else {
      push(rebuild(name, given));
    }
  }

  private Object rebuild(String name, List<Object> given) {
    return switch (name) {
      case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(given);
      case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
          as(TorchTensor.class, argument(given, 0));
      case "torch.Size" -> as(Py.Tuple.class, argument(given, 0));
      default ->
          throw bad(
              "wants to call "
                  + name
                  + ", which is not needed to rebuild tensors. Nothing was called. A file that"
                  + " does so can run any program when it is loaded with torch.load");
    };
  }

  private Py.Dict dict(List<Object> given) {
    Py.Dict dict = new Py.Dict();
    if (!given.isEmpty()) {
      List<Object> pairs = as(Py.Sequence.class, given.get(0)).items;
      charge(pairs.size());
      for (Object pair : pairs) {
        List<Object> keyAndValue =
            pair instanceof Py.Sequence s ? s.items : as(Py.Tuple.class, pair).items;
        dict.put(argument(keyAndValue, 0), argument(keyAndValue, 1));
      }
    }
    return dict;
  }

  private Py.Sequence set(List<Object> given) {
    Py.Sequence set = new Py.Sequence();
    if (!given.isEmpty()) {
      List<Object> items =
          given.get(0) instanceof Py.Tuple t ? t.items : as(Py.Sequence.class, given.get(0)).items;
      charge(items.size());
      set.items.addAll(items);
    }
    return set;
  }

  private TorchTensor tensor(List<Object> given) {
    TorchStorage storage = as(TorchStorage.class, argument(given, 0));
    long offset = as(Long.class, argument(given, 1));
    return new TorchTensor(
        file.toString(), storage, offset, longs(argument(given, 2)), longs(argument(given, 3)));
  }

  private long[] longs(Object value) {
    List<Object> items = as(Py.Tuple.class, value).items;
    charge(items.size());
    long[] longs = new long[items.size()];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = as(Long.class, items.get(i));
    }
    return longs;
  }

  private Object argument(List<Object> given, int index) {
    if (index >= given.size()) {
      throw bad("lacks an argument");
    }
    return given.get(index);
  }

  private Object recall(long key) {
    Object value = memo.get(key);
    if (value == null) {
      throw bad("recalls " + key + ", which it never kept");
    }
    return value;
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object pop() {
    top();
    return stack.remove(stack.size() - 1);
  }

  private Object top() {
    if (stack.size() <= floor()) {
      throw bad("takes more than there is");
    }
    return stack.get(stack.size() - 1);
  }

  private int floor() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
  }

  private <T> T as(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw bad("has " + Py.describe(value) + " where " + type.getSimpleName() + " is expected");
    }
    return type.cast(value);
  }

  private ZepadException bad(String reason) {
    return ZepadException.input(file + ": its pickle " + reason + " (byte " + in.position() + ")");
  }
}
