package org.zepad.core.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Function;
import org.zepad.api.Checkpoint;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;
import org.zepad.api.tensor.StateDict;

/** Makes run contexts over the PyTorch engine. */
public final class RunContexts {
  private RunContexts() {}

  /**
   * The context of a whole run, for the calling thread, whose gradient recording is turned off.
   *
   * @param seed the one seed
   * @param device where tensors lie
   * @param progress where to say how far the work is
   * @param checkpoints the checkpoint of a part, by its label path such as {@code /pretrain/victim}
   * @throws ZepadException of kind ENVIRONMENT if the device does not exist
   */
  public static RunContext root(
      long seed, Device device, Progress progress, Function<String, Checkpoint> checkpoints) {
    if (device.isGpu() && Engine.getEngine("PyTorch").getGpuCount() <= device.getDeviceId()) {
      throw ZepadException.environment(
          "device "
              + device
              + " was asked for, but the PyTorch engine sees "
              + Engine.getEngine("PyTorch").getGpuCount()
              + " GPUs. Use --device cpu, or point PYTORCH_LIBRARY_PATH at a CUDA build of libtorch.",
          null);
    }
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    JniUtils.setGradMode(false);
    return new Context(seed, manager, progress, checkpoints, "", new TorchOps(manager));
  }

  /** A context that saves no checkpoints. */
  public static RunContext root(long seed, Device device, Progress progress) {
    return root(seed, device, progress, label -> Checkpoint.none());
  }

  private record Context(
      long seed,
      NDManager manager,
      Progress progress,
      Function<String, Checkpoint> checkpoints,
      String path,
      TorchOps ops)
      implements RunContext {

    @Override
    public Checkpoint checkpoint() {
      return checkpoints.apply(path);
    }

    @Override
    public Optimizer optimizer(OptimizerSpec spec, StateDict state) {
      return GradientOptimizer.of(spec, state, manager, ops.module());
    }

    @Override
    public void reseedEngine(long counter) {
      JniUtils.setSeed(Seeds.derive(seed, counter));
    }

    @Override
    public RunContext child(String label) {
      return new Context(
          Seeds.derive(seed, label),
          manager.newSubManager(),
          progress,
          checkpoints,
          path + "/" + label,
          ops);
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
