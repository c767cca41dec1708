package org.zepad.attacks.advencoder;

import java.util.List;

/**
 * How a generator is trained, whatever form its perturbation has.
 *
 * @param attack the name of the attack
 * @param epochs passes over the surrogate images
 * @param batchSize images a step, and the number of latent vectors that make one perturbation
 * @param learningRate of Adam
 * @param alpha weight of the contrastive term against the other two
 * @param temperature of the contrastive term
 * @param radius frequencies nearer than this to zero are left out of the high-frequency term
 * @param latentDim length of a latent vector
 * @param widths channels of the generator's stages, at least one
 * @param cacheBytes memory for clean features
 * @param identity everything that two trainings must share for one to continue the other: all
 *     options but epochs
 */
record TrainingSettings(
    String attack,
    int epochs,
    int batchSize,
    double learningRate,
    double alpha,
    double temperature,
    double radius,
    int latentDim,
    List<Integer> widths,
    long cacheBytes,
    String identity) {

  /** The widths of as many stages as the side needs and there are, the last of the list. */
  List<Integer> stages(int side) {
    int stages = Math.min(PerturbationGenerator.stagesFor(side), widths.size());
    return widths.subList(widths.size() - stages, widths.size());
  }
}
