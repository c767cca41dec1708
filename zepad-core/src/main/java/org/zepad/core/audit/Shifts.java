package org.zepad.core.audit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.zepad.api.RunContext;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.evaluate.BenignShift;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.metrics.Ranking;
import org.zepad.core.metrics.Rate;

/** Counts what models do with unusual benign images, on {@value #IMAGES} of them at most. */
final class Shifts {
  private static final int IMAGES = 512;

  private Shifts() {}

  /** The test images, corrupted. */
  static List<BenignShift> corrupted(
      List<Subject> subjects, ImageBatches test, RunContext context) {
    List<BenignShift> shifts = new ArrayList<>();
    for (Corruption corruption : Corruption.ALL) {
      try (RunContext part = context.child(corruption.name().replace('.', '-'))) {
        shifts.addAll(count(corruption.name(), subjects, test, corruption, true, part));
      }
    }
    return shifts;
  }

  /** Images of another data set, whose labels mean something else. */
  static List<BenignShift> otherData(
      String name, List<Subject> subjects, ImageBatches images, RunContext context) {
    return count(name, subjects, images, null, false, context);
  }

  private static List<BenignShift> count(
      String name,
      List<Subject> subjects,
      ImageBatches images,
      @Nullable Corruption corruption,
      boolean labelled,
      RunContext context) {
    SplittableRandom random = context.random();
    Count[] counts = new Count[subjects.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new Count();
    }
    Picks.forEach(
        images,
        IMAGES,
        (picked, labels) -> {
          NDArray shown =
              corruption == null ? picked : corrupted(picked, labels.length, corruption, random);
          for (int i = 0; i < counts.length; i++) {
            counts[i].add(subjects.get(i), shown, labels, context);
          }
        });
    List<BenignShift> shifts = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      Subject subject = subjects.get(i);
      Rate flagged =
          subject.info().threshold() == null ? null : new Rate(counts[i].flagged, counts[i].total);
      Rate accuracy = labelled ? new Rate(counts[i].right, counts[i].total) : null;
      if (flagged != null || accuracy != null) {
        shifts.add(new BenignShift(name, subject.name(), flagged, accuracy));
      }
    }
    return shifts;
  }

  private static NDArray corrupted(
      NDArray images, int count, Corruption corruption, SplittableRandom random) {
    float[] pixels = images.toFloatArray();
    int size = pixels.length / count;
    int side = (int) images.getShape().get(3);
    for (int i = 0; i < count; i++) {
      float[] one = new float[size];
      System.arraycopy(pixels, i * size, one, 0, size);
      System.arraycopy(corruption.change().of(one, side, random), 0, pixels, i * size, size);
    }
    return images.getManager().create(pixels, images.getShape());
  }

  private static final class Count {
    private int flagged;
    private int right;
    private int total;

    void add(Subject subject, NDArray images, long[] labels, RunContext context) {
      try (NDManager scope = images.getManager().newSubManager()) {
        NDArray own = context.ops().detach(images);
        own.attach(scope);
        Subject.Scores scores = subject.scorer().score(own);
        DetectionThreshold threshold = subject.info().threshold();
        NDArray detection = scores.detection();
        if (threshold != null && detection != null) {
          flagged += threshold.flagged(detection.toFloatArray());
        }
        float[] logits = scores.logits().toFloatArray();
        int classes = logits.length / labels.length;
        for (int i = 0; i < labels.length; i++) {
          right += Ranking.argMax(logits, i, classes) == labels[i] ? 1 : 0;
        }
        total += labels.length;
      }
    }
  }
}
