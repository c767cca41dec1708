package org.zepad.core.harden;

/**
 * Adversarial training (Madry et al., "Towards Deep Learning Models Resistant to Adversarial
 * Attacks", ICLR 2018, eq. 2.1), with x' the attacked image:
 *
 * <pre>
 * mean over images of CE(f(x'), y)
 * </pre>
 */
record AdversarialCrossEntropy() implements Objective {

  @Override
  public String name() {
    return "adversarial-cross-entropy";
  }

  @Override
  public boolean attacks() {
    return true;
  }

  @Override
  public EpochChoice choice() {
    return EpochChoice.ROBUST;
  }

  @Override
  public Loss loss(Batch batch) {
    return Loss.of("adversarial", CrossEntropy.perSample(batch.attacked(), batch.labels()).mean());
  }
}
