package org.zepad.cli;

import java.io.PrintWriter;
import org.zepad.core.pipeline.PredictionConsumer;

/** Writes predictions as text. */
interface PredictionPrinter extends PredictionConsumer {

  /** Called once, behind the last prediction. */
  default void finish() {}

  /** The forms there are. */
  enum Format {
    /** Columns for a person. */
    TABLE,
    /** One JSON object a line. */
    JSONL,
    /** Comma-separated values with a header. */
    CSV;

    /**
     * A printer of this form.
     *
     * @param out where to
     * @param top how many classes are told of each picture, the likeliest first
     */
    PredictionPrinter printer(PrintWriter out, int top) {
      return switch (this) {
        case TABLE -> new PredictionTable(out, top);
        case JSONL -> new PredictionJson(out, top, true);
        case CSV -> new PredictionCsv(out, top);
      };
    }
  }
}
