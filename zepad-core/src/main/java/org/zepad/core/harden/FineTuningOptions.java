package org.zepad.core.harden;

import java.util.LinkedHashMap;
import java.util.Map;
import org.zepad.api.Option;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.defence.Defence;
import org.zepad.core.head.HeadOptions;

/**
 * How an encoder is adversarially fine-tuned; the defaults are those of ZePAD (Lei, Yang and Zhang,
 * ICLR 2026). The number that divides the weights inside the topology loss, hard-coded in the
 * published code, is {@link #tpScale}.
 *
 * <p>A head that knows nothing sends random gradients into the encoder and attacks that mean
 * nothing, until it has learnt; a long training gets over it. A short one does better with {@link
 * #headEpochs} (as linear probing before fine-tuning does, Kumar et al. 2022, section 4).
 */
public record FineTuningOptions(
    @Option(defaultValue = "20", min = 1, help = "passes over the tuning images") int epochs,
    @Option(defaultValue = "256", min = 2, help = "images per step") int batchSize,
    @Option(
            defaultValue = "0",
            min = 0,
            help =
                "passes over the clean images, encoder frozen, in which the tuning head learns"
                    + " before the fine-tuning; published: 0")
        int headEpochs,
    @Option(defaultValue = "1e-4", min = 0, help = "Adam's learning rate of the encoder")
        double encoderLearningRate,
    @Option(defaultValue = "5e-3", min = 0, help = "Adam's learning rate of the tuning head")
        double headLearningRate,
    @Option(defaultValue = "8e-4", min = 0, help = "L2 coefficient added to the gradients")
        double weightDecay,
    @Option(
            defaultValue = "0.96",
            min = 0,
            max = 1,
            help = "factor on both learning rates after each epoch")
        double decay,
    @Option(defaultValue = "20", min = 0, help = "weight of the topology-preservation loss")
        double tpWeight,
    @Option(
            defaultValue = "32",
            min = 1e-6,
            help = "divides the sample weights inside the topology-preservation loss")
        double tpScale,
    @Option(
            defaultValue = "0.2",
            min = 0,
            max = 0.99,
            help = "probability of dropping a unit of the tuning head")
        double dropout,
    @Option(defaultValue = "pgd", help = "the sample-wise attack that makes adversarial batches")
        String attack,
    @Option(
            defaultValue = "0.03",
            min = 0,
            max = 1,
            help = "the attack's budget in pixel units (0..1)")
        double attackEpsilon,
    @Option(
            defaultValue = "10",
            min = 0,
            help = "the attack's steps; 0 for an attack without this option")
        int attackSteps,
    @Option(
            defaultValue = "0.007",
            min = 0,
            max = 1,
            help = "the attack's step size in pixel units; 0 for an attack without this option")
        double attackStepSize,
    @Option(
            defaultValue = "0",
            min = 0,
            help = "validation images attacked after each epoch to choose one; 0 for all")
        int validationImages,
    @Option(
            defaultValue = "sound",
            help = "reference reproduces mistakes of the published code, for comparison only")
        Compat compat) {

  /** The published settings. */
  public static FineTuningOptions defaults() {
    return new FineTuningOptions(
        20,
        256,
        0,
        1e-4,
        5e-3,
        8e-4,
        0.96,
        20,
        TopologyLoss.PUBLISHED_SCALE,
        0.2,
        "pgd",
        0.03,
        10,
        0.007,
        0,
        Compat.SOUND);
  }

  /**
   * The attack that these options name.
   *
   * @throws ZepadException of kind USAGE if there is no such attack, if it lacks an option, or if
   *     it is a universal one
   */
  SampleAttack attack(Defence.Attacks attacks) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("epsilon", attackEpsilon);
    if (attackSteps > 0) {
      settings.put("steps", attackSteps);
    }
    if (attackStepSize > 0) {
      settings.put("step-size", attackStepSize);
    }
    Attack made = attacks.attack(attack, settings);
    if (made instanceof SampleAttack sampleWise) {
      return sampleWise;
    }
    throw ZepadException.usage(
        "attack '"
            + attack
            + "' crafts one perturbation for all images; fine-tuning needs an attack that perturbs"
            + " each image by itself, such as 'pgd'.");
  }

  /** How the tuning head learns before the fine-tuning. */
  HeadOptions head() {
    return new HeadOptions(headEpochs, batchSize, headLearningRate, weightDecay, decay, dropout);
  }

  /** The learning-rate factor of an epoch, counted from 0. */
  double factor(int epoch) {
    return Math.pow(decay, epoch);
  }
}
