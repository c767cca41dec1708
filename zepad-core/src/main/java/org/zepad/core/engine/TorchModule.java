package org.zepad.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.zepad.core.io.TextResource;

/**
 * The operations of libtorch that DJL's arrays lack: methods of a TorchScript module, {@code
 * ops.py}.
 */
final class TorchModule implements AutoCloseable {
  /** What every module has, and what does nothing. */
  private static final String SAME = "forward";

  private static final String METHODS =
      TextResource.read(TorchModule.class.getResourceAsStream("ops.py"));

  private final PtSymbolBlock module;

  TorchModule(NDManager manager) {
    try {
      module =
          JniUtils.loadModule(
              (PtNDManager) manager,
              new ByteArrayInputStream(TorchArchive.of("Ops", METHODS)),
              false,
              false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another handle of the same array, with the same history and gradient. */
  NDArray alias(NDArray x) {
    return call(SAME, x);
  }

  /** Whether gradients flow back to or through the array; DJL's hasGradient knows leaves alone. */
  boolean isRecorded(NDArray x) {
    try (NDArray answer = call("is_recorded", x)) {
      return answer.getBoolean();
    }
  }

  /** The result of a method, owned by the manager of the first argument. */
  NDArray call(String method, NDArray... arguments) {
    NDList inputs = new NDList(arguments.length + 1);
    add(inputs, arguments);
    return run(method, arguments[0].getManager(), inputs);
  }

  /** The result of a method of lists, none of them empty, and then arrays. */
  NDArray ofLists(String method, List<NDList> lists, NDArray... arguments) {
    NDList inputs = new NDList();
    for (int i = 0; i < lists.size(); i++) {
      for (NDArray element : lists.get(i)) {
        // Elements of the same list have the same name, which ends so.
        element.setName(i + "[]");
        inputs.add(element);
      }
    }
    add(inputs, arguments);
    return run(method, lists.get(0).head().getManager(), inputs);
  }

  private static void add(NDList inputs, NDArray... arguments) {
    for (NDArray argument : arguments) {
      // A name with a dot would make it an entry of a dictionary argument.
      argument.setName(null);
      inputs.add(argument);
    }
  }

  private NDArray run(String method, NDManager owner, NDList inputs) {
    try (NDArray selector = owner.create(0)) {
      selector.setName("module_method:" + method);
      inputs.add(selector);
      // true: false would silently drop the history that gradients need.
      PtNDArray result = (PtNDArray) IValueUtils.forward(module, inputs, true).singletonOrThrow();
      result.attach(owner);
      return result;
    }
  }

  /** The same, of tensors and then whole numbers. */
  NDArray withInts(String method, NDList tensors, int... ints) {
    try (NDManager scope = tensors.head().getManager().newSubManager()) {
      for (int value : ints) {
        tensors.add(scope.create((long) value));
      }
      return call(method, tensors.toArray(new NDArray[0]));
    }
  }

  @Override
  public void close() {
    module.close();
  }
}
