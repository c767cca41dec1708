package org.zepad.core.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.io.Safetensors;
import org.zepad.core.io.Sha256;

/**
 * Encodes each image of a set once, in evaluation mode and without a graph. With a folder, features
 * are also kept on disk and used again by a later run, if encoder, images and sizes are the same; a
 * damaged or foreign file is made anew.
 */
public final class FeatureCache {
  /** Enough for half a million images of a ResNet-50; beyond it the machine would swap. */
  private static final long MAX_BYTES = 4L << 30;

  private static final int BATCH = 64;
  private static final String VALUES = "features";
  private static final String LABELS = "labels";

  private final @Nullable Path folder;

  private FeatureCache(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Keeps nothing on disk. */
  public static FeatureCache inMemory() {
    return new FeatureCache(null);
  }

  /** Keeps features in a folder, which is made when it is needed. */
  public static FeatureCache in(Path folder) {
    return new FeatureCache(folder);
  }

  /**
   * The features of a set, in the fixed order of its images.
   *
   * @param encoder used in evaluation mode, not changed
   * @param images the set
   * @param fingerprint what identifies its pixels and labels before resizing
   * @param context the features belong to its scope
   * @throws ZepadException of kind INPUT if there are more features than memory should hold, or if
   *     one is not a number
   */
  public Features features(
      Encoder encoder, ImageBatches images, String fingerprint, RunContext context) {
    long bytes = 4L * images.size() * encoder.featureDim();
    if (bytes > MAX_BYTES) {
      throw ZepadException.input(
          images.size()
              + " images make "
              + (bytes >> 20)
              + " MiB of features, more than the "
              + (MAX_BYTES >> 20)
              + " MiB that are kept; use fewer images");
    }
    if (folder == null) {
      return encode(encoder, images, context);
    }
    Map<String, String> key = key(encoder, images, fingerprint);
    Path file = folder.resolve(fileName(key));
    Optional<Features> kept = read(file, key, encoder, images, context);
    if (kept.isPresent()) {
      return kept.get();
    }
    Features made = encode(encoder, images, context);
    try (NDArray labels = context.manager().create(made.labels())) {
      Map<String, NDArray> tensors = new LinkedHashMap<>();
      tensors.put(VALUES, made.values());
      tensors.put(LABELS, labels);
      Safetensors.write(file, tensors, key);
    }
    return made;
  }

  private static Features encode(Encoder encoder, ImageBatches images, RunContext context) {
    NDArray values =
        context.manager().zeros(new Shape(images.size(), encoder.featureDim()), DataType.FLOAT32);
    long[] labels = new long[images.size()];
    int[] done = {0};
    context.progress().start("encoding images", Math.max(1, images.size()));
    try (NDManager scope = context.manager().newSubManager()) {
      UnaryOperator<NDArray> evaluator = encoder.evaluator(scope);
      images.forEach(
          BATCH,
          OptionalLong.empty(),
          batch -> {
            NDArray features = evaluator.apply(batch.images());
            int to = done[0] + (int) features.getShape().get(0);
            values.set(new NDIndex(done[0] + ":" + to), features);
            System.arraycopy(batch.labels().toLongArray(), 0, labels, done[0], to - done[0]);
            done[0] = to;
            context.progress().update(to, "");
          });
    }
    try (NDArray sum = values.sum()) {
      if (!Float.isFinite(sum.getFloat())) {
        values.close();
        throw ZepadException.input(
            "the encoder gives features that are not finite: its checkpoint is damaged or its"
                + " pre-processing does not fit");
      }
    }
    return new Features(values, labels, images.classes());
  }

  private static Optional<Features> read(
      Path file,
      Map<String, String> key,
      Encoder encoder,
      ImageBatches images,
      RunContext context) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    NDManager scope = context.manager().newSubManager();
    try (scope) {
      Safetensors.Contents contents = Safetensors.read(file, scope);
      NDArray values = contents.tensors().get(VALUES);
      NDArray labels = contents.tensors().get(LABELS);
      Shape wanted = new Shape(images.size(), encoder.featureDim());
      if (contents.metadata().equals(key)
          && values != null
          && labels != null
          && values.getShape().equals(wanted)
          && values.getDataType() == DataType.FLOAT32
          && labels.getDataType() == DataType.INT64
          && labels.getShape().equals(new Shape(images.size()))) {
        values.attach(context.manager());
        return Optional.of(new Features(values, labels.toLongArray(), images.classes()));
      }
      context.progress().message(file + " holds other features than expected; encoding anew");
    } catch (ZepadException e) {
      context.progress().message(e.getMessage() + "; encoding anew");
    }
    return Optional.empty();
  }

  private static Map<String, String> key(Encoder encoder, ImageBatches images, String fingerprint) {
    return Map.of(
        "encoder", EncoderFingerprint.of(encoder),
        "data", fingerprint,
        "images", Integer.toString(images.size()),
        "image-size", Integer.toString(images.imageSize()),
        "classes", Integer.toString(images.classes()));
  }

  private static String fileName(Map<String, String> key) {
    String text = new TreeMap<>(key).toString();
    return "features-"
        + Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 24)
        + ".safetensors";
  }
}
