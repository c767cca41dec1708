package org.zepad.attacks.pseudotask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.stream.IntStream;
import org.zepad.attacks.universal.Ball;
import org.zepad.attacks.universal.Crafting;
import org.zepad.attacks.universal.Objective;
import org.zepad.attacks.universal.PixelRange;
import org.zepad.attacks.universal.Scene;

/**
 * Adds up what it takes to drive each image out of its cluster (UAP, algorithm 1), over batches:
 * {@link DeepFool} runs at once for all images of a batch that the perturbation, as the batch finds
 * it, leaves in their clusters. Then the images take their turns: one that still is in its cluster
 * under the perturbation as it is by now adds its change, and the sum is projected on the ball; one
 * that the changes of those before it have driven out adds nothing. It begins at zero, and with one
 * image a batch it is the published algorithm to the letter.
 *
 * <p>Where images lie near the borders of their clusters the changes are tiny, differ from image to
 * image and undo one another: against a small self-supervised encoder it gets a tenth of the images
 * out, and {@code uapgd}, which follows the mean gradient, is by far the stronger one.
 */
final class DeepFoolCrafting implements Crafting {
  private final PseudoTask task;
  private final DeepFool deepFool;
  private final Ball ball;
  private final NDArray delta;

  DeepFoolCrafting(UapOptions options, Scene scene) {
    task = PseudoTask.of(options.clusters(), options.scale(), scene);
    deepFool =
        new DeepFool(
            task::logits,
            options.candidates(),
            options.maxIterations(),
            options.overshoot(),
            scene.ops());
    ball = new Ball(options.epsilon());
    delta = scene.delta();
    delta.muli(0);
  }

  /** {@inheritDoc} The share of images that have left their clusters. */
  @Override
  public float step(Objective.Batch batch) {
    NDArray images = batch.images();
    long[] labels = task.labels(batch.indices());
    NDArray logits = task.logits(PixelRange.add(images, delta));
    int[] staying = staying(logits, labels);
    if (staying.length > 0) {
      NDManager scope = images.getManager();
      NDArray rows = scope.create(IntStream.of(staying).asLongStream().toArray());
      NDArray left = images.get(scope, new NDIndex("{}", rows));
      long[] own = IntStream.of(staying).mapToLong(i -> labels[i]).toArray();
      add(left, own, deepFool.changes(PixelRange.add(left, delta), own));
    }
    boolean finite = Float.isFinite(logits.sum().getFloat());
    return finite ? 1 - (float) staying.length / labels.length : Float.NaN;
  }

  private void add(NDArray images, long[] labels, float[][] changes) {
    for (int i = 0; i < labels.length; i++) {
      try (NDManager turn = images.getManager().newSubManager()) {
        // Two copies: for a single small image the engine takes slower kernels, and complains.
        NDArray image = images.get(turn, new NDIndex("{}:{}", i, i + 1)).repeat(0, 2);
        NDArray logits = task.logits(PixelRange.add(image, delta));
        if (staying(logits, new long[] {labels[i], labels[i]}).length > 0) {
          delta.addi(turn.create(changes[i], delta.getShape()));
          ball.project(delta);
        }
      }
    }
  }

  /** Which of the images are in their clusters, by their logits. */
  private static int[] staying(NDArray logits, long[] labels) {
    long[] found = logits.argMax(1).toLongArray();
    return IntStream.range(0, found.length).filter(i -> found[i] == labels[i]).toArray();
  }

  @Override
  public NDArray result() {
    return delta;
  }
}
