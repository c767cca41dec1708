package org.zepad.core.bench;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can be measured. */
public enum BenchPart {
  /** A large matrix product: what the arithmetic of the machine gives at best. */
  MATMUL,
  /** The exported defence in ONNX Runtime. */
  INFER,
  /** The same with encoders in bytes. */
  INFER_INT8,
  /** The same weights in the training engine. */
  ENGINE,
  /** A step of adversarial fine-tuning. */
  AFT_STEP,
  /** Adapting the defence to a task. */
  ADAPT,
  /** A step of training the generator of a universal perturbation. */
  UAP_STEP,
  /** The server under many clients at once. */
  SERVE;

  /** All that is measured unless told otherwise: everything but the server. */
  public static Set<BenchPart> usual() {
    return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(SERVE)));
  }

  /** The name on the command line, in kebab case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
