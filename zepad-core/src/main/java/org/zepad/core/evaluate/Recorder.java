package org.zepad.core.evaluate;

import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.core.metrics.Outcomes;

/** Collects what one model says, batch by batch. */
final class Recorder {
  private final Subject subject;
  private final Side clean;
  private final Side attacked;

  /** For a number of images, which all must come. */
  Recorder(Subject subject, int images, int classes) {
    this.subject = subject;
    this.clean = new Side(subject.name(), "clean", images, classes);
    this.attacked = new Side(subject.name(), "attacked", images, classes);
  }

  Subject subject() {
    return subject;
  }

  void clean(Values values, long[] labels) {
    clean.add(values, labels);
  }

  void attacked(Values values, long[] labels) {
    attacked.add(values, labels);
  }

  Measured measured() {
    return new Measured(
        subject.info(),
        clean.outcomes,
        attacked.outcomes,
        clean.scores,
        attacked.scores,
        clean.confidences,
        attacked.confidences);
  }

  /**
   * What a model says of a batch: logits row by row, detection scores if it detects, branch
   * confidences row by row if it has any.
   */
  record Values(float[] logits, float @Nullable [] detection, float @Nullable [] confidences) {}

  private static final class Side {
    private final String where;
    private final int images;
    private final Outcomes outcomes;
    private float @Nullable [] scores;
    private float @Nullable [] confidences;

    Side(String model, String which, int images, int classes) {
      this.images = images;
      this.where = "model '" + model + "' on " + which + " images: ";
      this.outcomes = new Outcomes(classes);
    }

    void add(Values values, long[] labels) {
      try {
        outcomes.add(values.logits(), labels);
      } catch (IllegalArgumentException e) {
        throw ZepadException.input(where + e.getMessage(), e);
      }
      scores = joined(scores, values.detection(), labels.length, "detection score");
      confidences = joined(confidences, values.confidences(), labels.length, "branch confidence");
    }

    private float @Nullable [] joined(
        float @Nullable [] before, float @Nullable [] more, int rows, String what) {
      if (more == null) {
        return before;
      }
      for (float value : more) {
        if (!Float.isFinite(value)) {
          throw ZepadException.input(where + "a " + what + " is not finite");
        }
      }
      int columns = more.length / rows;
      float[] all = before == null ? new float[images * columns] : before;
      System.arraycopy(more, 0, all, (outcomes.size() - rows) * columns, more.length);
      return all;
    }
  }
}
