package org.zepad.core.serve;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.runtime.Classification;

/**
 * An output tensor of the Open Inference Protocol: a fact of one task, for each image.
 *
 * @param fact which
 */
record V2Output(TaskInfo task, Fact fact) {

  /** What can be asked for. */
  enum Fact {
    /** Fused logits of the classes, (N, C). */
    LOGITS("FP32", Float.BYTES),
    /** Fused probabilities of the classes, (N, C). */
    PROBABILITIES("FP32", Float.BYTES),
    /** How sure each branch is, (N, B). */
    CONFIDENCES("FP32", Float.BYTES),
    /** The detection score, (N). */
    SCORE("FP32", Float.BYTES),
    /** The predicted class, (N). */
    LABEL("INT64", Long.BYTES),
    /** Whether the image is flagged as adversarial, (N). */
    FLAGGED("BOOL", 1);

    private final String datatype;
    private final int bytes;

    Fact(String datatype, int bytes) {
      this.datatype = datatype;
      this.bytes = bytes;
    }

    /** Its type in the protocol. */
    String datatype() {
      return datatype;
    }

    /** What an entry takes in binary. */
    int bytes() {
      return bytes;
    }
  }

  /** All outputs of some tasks. */
  static List<V2Output> all(List<TaskInfo> tasks) {
    List<V2Output> outputs = new ArrayList<>();
    for (TaskInfo task : tasks) {
      for (Fact fact : Fact.values()) {
        outputs.add(new V2Output(task, fact));
      }
    }
    return outputs;
  }

  /** Its name in requests; of logits, confidences and score that of the exported model. */
  String name() {
    return switch (fact) {
      case LOGITS -> task.logits();
      case CONFIDENCES -> task.confidences();
      case SCORE -> task.score();
      case PROBABILITIES -> "probabilities_" + task.name();
      case LABEL -> "label_" + task.name();
      case FLAGGED -> "flagged_" + task.name();
    };
  }

  /**
   * Its shape.
   *
   * @param images how many; -1: any number
   */
  List<Integer> shape(int images, int branches) {
    return switch (fact) {
      case LOGITS, PROBABILITIES -> List.of(images, task.classes().size());
      case CONFIDENCES -> List.of(images, branches);
      case SCORE, LABEL, FLAGGED -> List.of(images);
    };
  }

  /** The entries of one image: Float, Long or Boolean. */
  List<Object> values(Scores scores) {
    return switch (fact) {
      case LOGITS -> boxed(scores.logits());
      case CONFIDENCES -> boxed(scores.confidences());
      case SCORE -> List.of(scores.score());
      case PROBABILITIES -> {
        List<Object> values = new ArrayList<>();
        classification(scores).probabilities().forEach(p -> values.add(p.floatValue()));
        yield values;
      }
      case LABEL -> List.of((long) classification(scores).label());
      case FLAGGED -> List.of(task.detection().flags(scores.score()));
    };
  }

  /** Appends an entry in binary. */
  static void put(ByteBuffer out, Object value) {
    if (value instanceof Float f) {
      out.putFloat(f);
    } else if (value instanceof Long l) {
      out.putLong(l);
    } else {
      out.put((byte) (Boolean.TRUE.equals(value) ? 1 : 0));
    }
  }

  private Classification classification(Scores scores) {
    return Inference.classification(task, scores);
  }

  private static List<Object> boxed(float[] values) {
    List<Object> list = new ArrayList<>();
    for (float value : values) {
      list.add(value);
    }
    return list;
  }
}
