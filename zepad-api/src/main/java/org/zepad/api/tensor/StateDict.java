package org.zepad.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The named tensors of one network, under the names that PyTorch gives them, in the order of their
 * definition. A tensor is a parameter (an optimizer changes it) or a buffer (running statistics,
 * queues, centres).
 *
 * <p>The tensors belong to {@link #manager()}. Not thread-safe.
 */
public final class StateDict implements AutoCloseable {
  private final NDManager manager;
  private final Map<String, NDArray> tensors = new LinkedHashMap<>();
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  /**
   * An empty state.
   *
   * @param parent the scope that the state's own scope is made in
   */
  public StateDict(NDManager parent) {
    this.manager = parent.newSubManager();
  }

  /** The owner of the tensors. */
  public NDManager manager() {
    return manager;
  }

  /** Adds a parameter and takes ownership of it. */
  public NDArray parameter(String name, NDArray array) {
    parameters.put(name, add(name, array));
    return array;
  }

  /** Adds a buffer and takes ownership of it. */
  public NDArray buffer(String name, NDArray array) {
    return add(name, array);
  }

  /** Adds the tensors of another state under a prefix, which stay owned by it. */
  public void include(String prefix, StateDict other) {
    other.tensors.forEach(
        (name, array) -> {
          putNew(prefix + name, array);
          if (other.parameters.containsKey(name)) {
            parameters.put(prefix + name, array);
          }
        });
  }

  /**
   * The tensor of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public NDArray get(String name) {
    NDArray array = tensors.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no tensor '" + name + "'; there are " + tensors.keySet());
    }
    return array;
  }

  /** Whether a tensor of this name exists. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** All tensors in order, unmodifiable. */
  public Map<String, NDArray> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** The parameters in order, unmodifiable. */
  public Map<String, NDArray> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /**
   * Turns the recording of gradients on or off for every parameter. A frozen network costs no
   * parameter gradients when an attack differentiates through it.
   */
  public void requireGradients(boolean on) {
    parameters.values().forEach(p -> p.setRequiresGradient(on));
  }

  /**
   * Overwrites every tensor with the values of the given ones, in place.
   *
   * @throws IllegalArgumentException if names or shapes are not exactly the same
   */
  public void load(Map<String, NDArray> values) {
    if (!values.keySet().equals(tensors.keySet())) {
      throw new IllegalArgumentException(
          "expected tensors " + tensors.keySet() + ", got " + values.keySet());
    }
    values.forEach(
        (name, value) -> {
          if (!get(name).getShape().equals(value.getShape())) {
            throw new IllegalArgumentException(
                name + " has shape " + get(name).getShape() + ", the value " + value.getShape());
          }
        });
    values.forEach((name, value) -> value.copyTo(get(name)));
  }

  @Override
  public void close() {
    manager.close();
  }

  private NDArray add(String name, NDArray array) {
    putNew(name, array);
    array.attach(manager);
    return array;
  }

  private void putNew(String name, NDArray array) {
    if (tensors.putIfAbsent(name, array) != null) {
      throw new IllegalArgumentException("tensor '" + name + "' exists already");
    }
  }
}
