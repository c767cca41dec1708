package org.zepad.datasets.cifar10;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;

/**
 * Reads the pickles of CIFAR-10: those operations of protocol 2 that Python 2 wrote there, and no
 * other. Nothing can be executed: the only callables are the two that make a NumPy array and its
 * type, and they are inert data here. It does not recurse, and its steps are counted.
 *
 * <p>Its values are Integer, {@link Text}, {@link Array}, List and Map; those of the file's inner
 * workings do not matter outside.
 */
final class BatchPickle {
  // An official batch takes 50,000.
  private static final int MAX_STEPS = 1_000_000;
  private static final int MAX_NAME = 256;
  private static final String RECONSTRUCT = "numpy.core.multiarray _reconstruct";
  private static final String DTYPE = "numpy dtype";

  private final Path file;
  private final ByteBuffer in;
  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  /**
   * Bytes that stay in the file.
   *
   * @param from the first
   * @param length how many
   */
  record Text(int from, int length) {
    String string(ByteBuffer file) {
      byte[] bytes = new byte[Math.min(length, MAX_NAME)];
      file.get(from, bytes);
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * An array of unsigned bytes.
   *
   * @param shape its dimensions; empty while it is being made
   * @param bytes its elements, row by row
   */
  record Array(List<?> shape, Text bytes) {}

  private record Global(String name) {}

  private enum Constant {
    NONE,
    TRUE,
    FALSE,
    BYTE_TYPE
  }

  private BatchPickle(Path file, ByteBuffer in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Reads the dict that a file holds.
   *
   * @throws ZepadException of kind INPUT if the file holds anything else
   */
  static Map<String, Object> read(Path file, ByteBuffer bytes) {
    BatchPickle pickle =
        new BatchPickle(file, bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(0));
    try {
      return pickle.run();
    } catch (BufferUnderflowException e) {
      throw pickle.bad("it ends too early");
    }
  }

  private Map<String, Object> run() {
    if (in.get() != (byte) 0x80 || in.get() != 2) {
      throw bad("it does not start as a pickle of protocol 2");
    }
    for (int steps = 0; steps < MAX_STEPS; steps++) {
      int operation = in.get() & 255;
      if (operation == '.') {
        return dict(pop());
      }
      step(operation);
    }
    throw bad("it takes more than " + MAX_STEPS + " steps");
  }

  private void step(int operation) {
    switch (operation) {
      case '}' -> stack.add(new HashMap<String, Object>());
      case ']' -> stack.add(new ArrayList<>());
      case '(' -> marks.add(stack.size());
      case 'U' -> stack.add(text(in.get() & 255));
      case 'T' -> stack.add(text(in.getInt()));
      case 'K' -> stack.add(in.get() & 255);
      case 'M' -> stack.add(in.getShort() & 0xffff);
      case 'J' -> stack.add(in.getInt());
      case 'N' -> stack.add(Constant.NONE);
      case 0x88 -> stack.add(Constant.TRUE);
      case 0x89 -> stack.add(Constant.FALSE);
      case 'q' -> memo.put(in.get() & 255, top());
      case 'r' -> memo.put(in.getInt(), top());
      case 'h' -> stack.add(known(in.get() & 255));
      case 'j' -> stack.add(known(in.getInt()));
      case 'c' -> stack.add(new Global(line() + " " + line()));
      case 't' -> stack.add(popToMark());
      case 0x85 -> stack.add(popTuple(1));
      case 0x86 -> stack.add(popTuple(2));
      case 0x87 -> stack.add(popTuple(3));
      case 'R' -> call();
      case 'b' -> build();
      case 'a' -> append(List.of(pop()));
      case 'e' -> append(popToMark());
      case 'u' -> put(popToMark());
      default -> throw bad("it has the operation " + operation + ", which no official file has");
    }
  }

  private void call() {
    Object arguments = pop();
    if (!(pop() instanceof Global callable) || !(arguments instanceof List<?> list)) {
      throw bad("it calls what cannot be called");
    }
    if (callable.name().equals(RECONSTRUCT)) {
      stack.add(new Array(List.of(), new Text(0, 0)));
    } else if (callable.name().equals(DTYPE)
        && !list.isEmpty()
        && list.get(0) instanceof Text type
        && type.string(in).equals("u1")) {
      stack.add(Constant.BYTE_TYPE);
    } else {
      throw bad("it calls " + callable.name() + " other than for an array of bytes");
    }
  }

  // Gives an array its shape and bytes; a type's further traits do not matter for bytes.
  private void build() {
    Object state = pop();
    Object target = top();
    if (target == Constant.BYTE_TYPE) {
      return;
    }
    if (target instanceof Array
        && state instanceof List<?> list
        && list.size() == 5
        && list.get(1) instanceof List<?> shape
        && shape.stream().allMatch(Integer.class::isInstance)
        && list.get(2) == Constant.BYTE_TYPE
        && list.get(3) == Constant.FALSE
        && list.get(4) instanceof Text bytes) {
      // Whoever remembers the unfinished array keeps that; no official file refers to it again.
      stack.set(stack.size() - 1, new Array(List.copyOf(shape), bytes));
      return;
    }
    throw bad("it builds something else than an array of bytes, row by row");
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> elements) {
    if (!(top() instanceof ArrayList<?> list)) {
      throw bad("it appends to what is no list");
    }
    ((List<Object>) list).addAll(elements);
  }

  private void put(List<Object> pairs) {
    Map<String, Object> dict = dict(top());
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      if (!(pairs.get(i) instanceof Text key)) {
        throw bad("it has a key that is no text");
      }
      dict.put(key.string(in), pairs.get(i + 1));
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> dict(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw bad("it has something else where a dict is expected");
    }
    return (Map<String, Object>) map;
  }

  private Object known(int key) {
    Object value = memo.get(key);
    if (value == null) {
      throw bad("it refers to what it has not told");
    }
    return value;
  }

  private Object top() {
    if (stack.isEmpty()) {
      throw bad("it takes from nothing");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    Object value = top();
    stack.remove(stack.size() - 1);
    return value;
  }

  private List<Object> popTuple(int count) {
    return popFrom(stack.size() - count);
  }

  private List<Object> popToMark() {
    return popFrom(marks.isEmpty() ? -1 : marks.remove(marks.size() - 1));
  }

  private List<Object> popFrom(int start) {
    if (start < 0 || start > stack.size()) {
      throw bad("it takes more than there is");
    }
    List<Object> tail = stack.subList(start, stack.size());
    List<Object> values = List.copyOf(tail);
    tail.clear();
    return values;
  }

  private Text text(int length) {
    if (length < 0 || length > in.remaining()) {
      throw bad("it has a text of " + length + " bytes, " + in.remaining() + " are left");
    }
    Text text = new Text(in.position(), length);
    in.position(in.position() + length);
    return text;
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (char c = letter(); c != '\n'; c = letter()) {
      if (line.append(c).length() > MAX_NAME) {
        throw bad("it has a name of more than " + MAX_NAME + " letters");
      }
    }
    return line.toString();
  }

  private char letter() {
    return (char) (in.get() & 255);
  }

  private ZepadException bad(String what) {
    return ZepadException.input(
        file
            + " is damaged or no file of CIFAR-10's python version: "
            + what
            + " (byte "
            + in.position()
            + "). Nothing in it was executed. Unpack it again");
  }
}
