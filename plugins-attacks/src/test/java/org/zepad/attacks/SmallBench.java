package org.zepad.attacks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.engine.RunContexts;

/** A random network, random images that it gets right, and a context: what attacks are tried on. */
public final class SmallBench implements AutoCloseable {
  public final RunContext context = RunContexts.root(3, Device.cpu(), Progress.silent());
  public final SmallNetwork target;
  public final NDArray images;
  public final NDArray labels;

  /** A bench of a number of images of 3 x 16 x 16 pixels and a network of a number of classes. */
  public SmallBench(int count, int classes) {
    SplittableRandom random = context.random();
    NDManager manager = context.manager();
    Map<String, NDArray> weights = new LinkedHashMap<>();
    weights.put("conv1.weight", normal(random, 0.3, 8, 3, 3, 3));
    weights.put("conv1.bias", manager.zeros(new Shape(8)));
    weights.put("bn1.weight", manager.ones(new Shape(8)));
    weights.put("bn1.bias", manager.zeros(new Shape(8)));
    weights.put("bn1.running_mean", manager.zeros(new Shape(8)));
    weights.put("bn1.running_var", manager.ones(new Shape(8)));
    weights.put("conv2.weight", normal(random, 0.2, 16, 8, 3, 3));
    weights.put("conv2.bias", manager.zeros(new Shape(16)));
    weights.put("fc.weight", normal(random, 0.5, classes, 16));
    weights.put("fc.bias", manager.zeros(new Shape(classes)));
    target = new SmallNetwork(weights, true, context.ops());
    images = normal(random, 0.4, count, 3, 16, 16).add(0.5f).clip(0f, 1f);
    labels = target.logits(images).argMax(1);
  }

  /** Normal numbers of mean 0. */
  public NDArray normal(SplittableRandom random, double std, long... shape) {
    Shape s = new Shape(shape);
    float[] values = new float[(int) s.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (std * random.nextGaussian());
    }
    return context.manager().create(values, s);
  }

  /** The Euclidean length of each row's difference, in double precision. */
  public static double[] distances(NDArray a, NDArray b) {
    float[] x = a.toFloatArray();
    float[] y = b.toFloatArray();
    int rows = (int) a.getShape().get(0);
    double[] lengths = new double[rows];
    for (int i = 0; i < x.length; i++) {
      double change = (double) x[i] - y[i];
      lengths[i / (x.length / rows)] += change * change;
    }
    for (int i = 0; i < rows; i++) {
      lengths[i] = Math.sqrt(lengths[i]);
    }
    return lengths;
  }

  /** The largest change of any pixel. */
  public static double largestChange(NDArray a, NDArray b) {
    float[] x = a.toFloatArray();
    float[] y = b.toFloatArray();
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs((double) x[i] - y[i]));
    }
    return largest;
  }

  /** How many arrays lie in the context's manager and its parent. */
  public int arrays() {
    return context.manager().getManagedArrays().size()
        + context.manager().getParentManager().getManagedArrays().size();
  }

  @Override
  public void close() {
    context.close();
  }
}
