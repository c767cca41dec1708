package org.zepad.core.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.data.Fit;
import org.zepad.core.data.ResizedImages;
import org.zepad.core.onnx.ModelInfo;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.onnx.OnnxFile;

/**
 * Classifies images with a model that {@code zepad export} wrote, and says which look like
 * adversarial examples.
 *
 * <pre>{@code
 * try (ZepadClassifier classifier = ZepadClassifier.load(Path.of("model.onnx"))) {
 *   Classification seen = classifier.predict(Pictures.read(Path.of("photo.jpg")));
 *   System.out.println(seen.className() + (seen.flagged() ? ", looks adversarial" : ""));
 * }
 * }</pre>
 *
 * <p>Thread-safe; {@link #close} waits for the calls that run. It owns native memory, so close it.
 */
public final class ZepadClassifier implements AutoCloseable {
  private static final int COLOURS = 3;

  /**
   * More images at once leave a CPU's caches, and take memory that grows with them. How much time
   * it saves depends on the machine: 256 images of 32x32 took 1.3 to 1.8 times as long at once.
   */
  private static final int MOST_ON_A_CPU = 32;

  private final ModelInfo info;
  private final ExecutionDevice device;
  private final OrtSession session;
  // Calls are the readers, closing is the writer.
  private final ReadWriteLock calls = new ReentrantReadWriteLock();
  private boolean closed;

  private ZepadClassifier(ModelInfo info, ExecutionDevice device, OrtSession session) {
    this.info = info;
    this.device = device;
    this.session = session;
  }

  /** Loads a model with the {@linkplain RuntimeOptions#defaults default options}. */
  public static ZepadClassifier load(Path file) {
    return load(file, RuntimeOptions.defaults());
  }

  /**
   * Loads a model.
   *
   * @throws ZepadException of kind INPUT if the file is none of ours or damaged, of kind
   *     ENVIRONMENT if ONNX Runtime or the demanded device cannot be had, saying what is missing
   */
  public static ZepadClassifier load(Path file, RuntimeOptions options) {
    OnnxFile model = OnnxFile.read(file);
    OrtEnvironment environment = OrtImages.environment();
    try (SessionOptions settings = new SessionOptions()) {
      settings.setIntraOpNumThreads(options.threads());
      // Threads that wait must not burn the core that another thread or process computes on.
      settings.addConfigEntry("session.intra_op.allow_spinning", "0");
      ExecutionDevice device = ExecutionDevice.choose(options, settings);
      OrtSession session = environment.createSession(model.bytes(), settings);
      return new ZepadClassifier(model.info(), device, session);
    } catch (OrtException e) {
      throw ZepadException.input(
          file + " is damaged: ONNX Runtime refuses it: " + e.getMessage(), e);
    }
  }

  /** What the model says of itself: tasks, classes, thresholds, branches, provenance. */
  public ModelInfo info() {
    return info;
  }

  /** Where it runs, and why there. */
  public ExecutionDevice device() {
    return device;
  }

  /**
   * Classifies an image of any size.
   *
   * @throws ZepadException of kind USAGE if the model has several tasks
   */
  public Classification predict(RgbImage image) {
    return predict("", List.of(image)).get(0);
  }

  /**
   * Classifies images of any sizes, all at once.
   *
   * @param task the name of a task; empty: the only one
   * @return in the order of the images
   * @throws ZepadException of kind USAGE if there is no such task
   */
  public List<Classification> predict(String task, List<RgbImage> images) {
    TaskInfo chosen = info.task(task);
    if (images.isEmpty()) {
      return List.of();
    }
    int size = info.size();
    int each = COLOURS * size * size;
    byte[] pixels = new byte[Math.multiplyExact(each, images.size())];
    for (int i = 0; i < images.size(); i++) {
      byte[] planes = ResizedImages.resize(images.get(i), size, Fit.STRETCH).planes();
      System.arraycopy(planes, 0, pixels, i * each, each);
    }
    Outputs outputs = outputs(chosen.name(), pixels, images.size(), size, size);
    List<Classification> results = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      results.add(
          Classification.of(
              chosen, outputs.logits()[i], outputs.confidences()[i], outputs.scores()[i]));
    }
    return results;
  }

  /**
   * The numbers behind the classes. The model itself resizes the images.
   *
   * @param task the name of a task; empty: the only one
   * @param pixels for each image its red plane row by row, then green, then blue; unsigned bytes,
   *     not changed
   * @param count number of images, at least 1
   * @throws ZepadException of kind USAGE if there is no such task
   */
  public Outputs outputs(String task, byte[] pixels, int count, int height, int width) {
    return outputs(List.of(info.task(task)), pixels, count, height, width).get(0);
  }

  /**
   * The numbers behind the classes of several tasks, in one run: tasks share their encoders.
   *
   * @param tasks tasks of {@link #info}, all different
   * @param pixels as above
   * @param count number of images, at least 1
   * @return in the order of the tasks
   */
  public List<Outputs> outputs(
      List<TaskInfo> tasks, byte[] pixels, int count, int height, int width) {
    if (count < 1
        || height < 1
        || width < 1
        || pixels.length != (long) COLOURS * count * height * width) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are no " + count + " images of " + height + "x" + width);
    }
    if (!info.tasks().containsAll(tasks)) {
      throw new IllegalArgumentException("the model has the tasks " + info.tasks());
    }
    calls.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the classifier is closed");
      }
      return run(tasks, pixels, count, height, width);
    } catch (OrtException e) {
      throw ZepadException.environment(
          "ONNX Runtime failed to compute on " + device + ": " + e.getMessage(), e);
    } finally {
      calls.readLock().unlock();
    }
  }

  private List<Outputs> run(List<TaskInfo> tasks, byte[] pixels, int count, int height, int width)
      throws OrtException {
    List<Outputs> outputs =
        tasks.stream()
            .map(task -> new Outputs(new float[count][], new float[count][], new float[count]))
            .toList();
    int most = device.isCpu() ? MOST_ON_A_CPU : count;
    int each = COLOURS * height * width;
    for (int from = 0; from < count; from += most) {
      int images = Math.min(most, count - from);
      ByteBuffer some = ByteBuffer.wrap(pixels, from * each, images * each).slice();
      run(tasks, some, new long[] {images, COLOURS, height, width}, from, outputs);
    }
    return outputs;
  }

  /**
   * Computes some of the images.
   *
   * @param from the number of the first of them
   * @param outputs gets the numbers of each task
   */
  private void run(
      List<TaskInfo> tasks, ByteBuffer pixels, long[] shape, int from, List<Outputs> outputs)
      throws OrtException {
    LinkedHashSet<String> wanted = new LinkedHashSet<>();
    for (TaskInfo task : tasks) {
      wanted.addAll(List.of(task.logits(), task.confidences(), task.score()));
    }
    int images = (int) shape[0];
    try (OnnxTensor tensor = OrtImages.tensor(info.input(), pixels, shape);
        OrtSession.Result result = session.run(Map.of(ModelInfo.IMAGES, tensor), wanted)) {
      for (int t = 0; t < tasks.size(); t++) {
        Outputs all = outputs.get(t);
        System.arraycopy(result.get(3 * t).getValue(), 0, all.logits(), from, images);
        System.arraycopy(result.get(3 * t + 1).getValue(), 0, all.confidences(), from, images);
        System.arraycopy(result.get(3 * t + 2).getValue(), 0, all.scores(), from, images);
      }
    } catch (ArrayStoreException | IndexOutOfBoundsException e) {
      // The file said otherwise; it was not written by our export.
      throw ZepadException.input("the outputs of the model have other shapes than it says", e);
    }
  }

  @Override
  public void close() {
    calls.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed to close its session", e);
    } finally {
      calls.writeLock().unlock();
    }
  }
}
