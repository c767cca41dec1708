package org.zepad.core.evaluate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.core.metrics.Outcomes;

/** Collects what one model says, batch by batch. */
final class Recorder {
  private final Subject subject;
  private final Side clean;
  private final Side attacked;

  Recorder(Subject subject, int classes) {
    this.subject = subject;
    this.clean = new Side(subject.name(), "clean", classes);
    this.attacked = new Side(subject.name(), "attacked", classes);
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
        subject, clean.outcomes, attacked.outcomes, clean.scores(), attacked.scores());
  }

  /** What a model says of a batch: logits row by row, and detection scores if it detects. */
  record Values(float[] logits, float @Nullable [] detection) {}

  private static final class Side {
    private final String where;
    private final Outcomes outcomes;
    private float @Nullable [] scores;

    Side(String model, String which, int classes) {
      this.where = "model '" + model + "' on " + which + " images: ";
      this.outcomes = new Outcomes(classes);
    }

    void add(Values values, long[] labels) {
      int before = outcomes.size();
      try {
        outcomes.add(values.logits(), labels);
      } catch (IllegalArgumentException e) {
        throw ZepadException.input(where + e.getMessage(), e);
      }
      float[] more = values.detection();
      if (more != null) {
        for (float score : more) {
          if (!Float.isFinite(score)) {
            throw ZepadException.input(where + "a detection score is not finite");
          }
        }
        float[] all = scores == null ? new float[0] : scores;
        all = Arrays.copyOf(all, before + more.length);
        System.arraycopy(more, 0, all, before, more.length);
        scores = all;
      }
    }

    float @Nullable [] scores() {
      return scores;
    }
  }
}
