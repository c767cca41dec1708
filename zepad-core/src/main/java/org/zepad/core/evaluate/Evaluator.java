package org.zepad.core.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.ImageBatches;

/**
 * Puts clean and attacked test images before models and counts. Every model sees the very same
 * attacked images. Nothing is chosen here: thresholds and heads come ready.
 *
 * <p>Figures do not depend on the batch size; sample-wise attacks, which may draw at random for a
 * batch, always work on batches of {@value #CRAFTING_BATCH}.
 */
public final class Evaluator {
  private static final int CRAFTING_BATCH = 64;
  private static final int EXAMPLES = 8;

  private final RunContext context;
  private final int batchSize;

  /**
   * An evaluator.
   *
   * @param context seed, progress, operations
   * @param batchSize images at a time, at least 1
   */
  public Evaluator(RunContext context, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch has at least one image, got " + batchSize);
    }
    this.context = context;
    this.batchSize = batchSize;
  }

  /**
   * Measures models under one attack.
   *
   * @param subjects the models, at least one, with different names; the undefended victim should be
   *     among them, else nothing shows that the attack works
   * @param test test images, at least one
   * @param attack the attack, made ready
   * @param arithmetic sound unless figures of the public research code are to be compared
   * @throws ZepadException of kind INPUT if there are no images, or a model gives numbers that are
   *     not finite or knows fewer classes than the images
   */
  public Evaluated evaluate(
      List<Subject> subjects, ImageBatches test, AttackRun attack, Arithmetic arithmetic) {
    requireSense(subjects, test);
    List<Recorder> recorders =
        subjects.stream().map(s -> new Recorder(s, test.size(), test.classes())).toList();
    int batch = attack instanceof AttackRun.PerSample ? CRAFTING_BATCH : batchSize;
    context.progress().start("evaluating under " + attack.name(), test.size());
    List<Example> examples = new ArrayList<>();
    int apart = Math.max(1, test.size() / EXAMPLES);
    int[] done = {0};
    test.forEach(
        batch,
        OptionalLong.empty(),
        images -> {
          long[] labels = images.labels().toLongArray();
          NDArray attacked = AttackedImages.of(attack, images, arithmetic, context);
          for (Recorder recorder : recorders) {
            recorder.clean(score(recorder.subject(), images.images()), labels);
            recorder.attacked(score(recorder.subject(), attacked), labels);
          }
          for (int row = 0; row < labels.length && examples.size() < EXAMPLES; row++) {
            int image = done[0] + row;
            if (image % apart == 0) {
              examples.add(
                  new Example(
                      image,
                      Example.picture(images.images(), row),
                      Example.picture(attacked, row)));
            }
          }
          done[0] += labels.length;
          context.progress().update(done[0], "");
        });
    List<Measured> measured = recorders.stream().map(Recorder::measured).toList();
    return new Evaluated(
        Evaluation.of(
            attack.name(),
            attack.threatModel(),
            attack.knowledge(),
            attack.budget(),
            attack.aimedAt(),
            arithmetic,
            batch,
            measured),
        measured,
        examples);
  }

  private Recorder.Values score(Subject subject, NDArray images) {
    // A scope of its own frees a model's intermediate tensors before the next model runs.
    try (NDManager scope = images.getManager().newSubManager()) {
      NDArray own = context.ops().detach(images);
      own.attach(scope);
      Subject.Scores scores = subject.scorer().score(own);
      return new Recorder.Values(
          scores.logits().toFloatArray(), floats(scores.detection()), floats(scores.confidences()));
    }
  }

  private static float @Nullable [] floats(@Nullable NDArray array) {
    return array == null ? null : array.toFloatArray();
  }

  private static void requireSense(List<Subject> subjects, ImageBatches test) {
    Set<String> names = new HashSet<>();
    if (subjects.isEmpty() || !subjects.stream().allMatch(s -> names.add(s.name()))) {
      throw new IllegalArgumentException("subjects need different names, and one at least");
    }
    if (test.size() == 0) {
      throw ZepadException.input("there are no test images to evaluate on");
    }
  }
}
