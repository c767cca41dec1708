package org.zepad.core.harden;

/**
 * Standard fine-tuning:
 *
 * <pre>
 * mean over images of CE(f(x), y)
 * </pre>
 *
 * @param choice which epoch is kept
 */
record CleanCrossEntropy(EpochChoice choice) implements Objective {

  @Override
  public String name() {
    return "clean-cross-entropy";
  }

  @Override
  public boolean attacks() {
    return false;
  }

  @Override
  public Loss loss(Batch batch) {
    return Loss.of("clean", CrossEntropy.perSample(batch.clean(), batch.labels()).mean());
  }
}
