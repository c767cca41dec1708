package org.zepad.core.harden;

/**
 * What one epoch of fine-tuning came to.
 *
 * @param epoch counted from 1
 * @param loss mean of the steps' total losses
 * @param topology mean of the steps' topology losses
 * @param adversarial mean of the steps' adversarial cross-entropies, in nats
 * @param images how many validation images were looked at
 * @param benign how many of them the fine-tuned model got right
 * @param robust how many of them it got right under attack
 */
public record EpochResult(
    int epoch,
    double loss,
    double topology,
    double adversarial,
    int images,
    int benign,
    int robust) {

  /** The share of validation images that are right, from 0 to 1. */
  public double benignAccuracy() {
    return benign / (double) images;
  }

  /** The share of validation images that are right under attack, from 0 to 1. */
  public double robustAccuracy() {
    return robust / (double) images;
  }

  String write() {
    return epoch
        + " "
        + loss
        + " "
        + topology
        + " "
        + adversarial
        + " "
        + images
        + " "
        + benign
        + " "
        + robust;
  }

  static EpochResult read(String line) {
    String[] f = line.split(" ", -1);
    return new EpochResult(
        Integer.parseInt(f[0]),
        Double.parseDouble(f[1]),
        Double.parseDouble(f[2]),
        Double.parseDouble(f[3]),
        Integer.parseInt(f[4]),
        Integer.parseInt(f[5]),
        Integer.parseInt(f[6]));
  }
}
