package org.zepad.core.harden;

import java.util.LinkedHashMap;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.defence.Defence;
import org.zepad.core.head.HeadOptions;

/**
 * What the options of every fine-tuning have in common. The defaults are ZePAD's, so that defences
 * are compared like with like; what a defence's paper says otherwise about its loss and its attack
 * is an option of that defence.
 */
public interface TuningOptions {
  /** What epochs are. */
  String EPOCHS_HELP = "passes over the tuning images";

  /** What a batch is. */
  String BATCH_SIZE_HELP = "images per step";

  /** What head epochs are. */
  String HEAD_EPOCHS_HELP =
      "passes over the clean images, encoder frozen, in which the tuning head learns"
          + " before the fine-tuning; published: 0";

  /** What the encoder's learning rate is. */
  String ENCODER_LEARNING_RATE_HELP = "Adam's learning rate of the encoder";

  /** What the head's learning rate is. */
  String HEAD_LEARNING_RATE_HELP = "Adam's learning rate of the tuning head";

  /** What weight decay is. */
  String WEIGHT_DECAY_HELP = "L2 coefficient added to the gradients";

  /** What decay is. */
  String DECAY_HELP = "factor on both learning rates after each epoch";

  /** What dropout is. */
  String DROPOUT_HELP = "probability of dropping a unit of the tuning head";

  /** What the attack is. */
  String ATTACK_HELP = "the sample-wise attack that makes adversarial batches";

  /** What the attack's epsilon is. */
  String ATTACK_EPSILON_HELP = "the attack's budget in pixel units (0..1)";

  /** What the attack's steps are. */
  String ATTACK_STEPS_HELP = "the attack's steps; 0 for an attack without this option";

  /** What the attack's step size is. */
  String ATTACK_STEP_SIZE_HELP =
      "the attack's step size in pixel units; 0 for an attack without this option";

  /** What validation images are. */
  String VALIDATION_IMAGES_HELP =
      "validation images attacked after each epoch to choose one; 0 for all";

  /** What a random start is. */
  String RANDOM_START_HELP =
      "whether training attacks begin at a random point; false for an attack without this option";

  /** Passes over the tuning images. */
  int epochs();

  /** Images per step. */
  int batchSize();

  /** Passes over the clean images in which the head learns before. */
  int headEpochs();

  /** Adam's learning rate of the encoder. */
  double encoderLearningRate();

  /** Adam's learning rate of the head. */
  double headLearningRate();

  /** L2 coefficient added to the gradients. */
  double weightDecay();

  /** Factor on both learning rates after each epoch. */
  double decay();

  /** Probability of dropping a unit of the head. */
  double dropout();

  /** The name of a sample-wise attack. */
  String attack();

  /** Its budget in pixel units. */
  double attackEpsilon();

  /** Its steps, or 0. */
  int attackSteps();

  /** Its step size in pixel units, or 0. */
  double attackStepSize();

  /** How many validation images are attacked after each epoch; 0 for all. */
  int validationImages();

  /** Whether mistakes of the published code are reproduced. */
  default Compat compat() {
    return Compat.SOUND;
  }

  /**
   * The attack that these options name. As it is, it judges every defence alike; with more settings
   * it is what a defence learns from.
   *
   * @param more further settings of the attack
   * @throws ZepadException of kind USAGE if there is no such attack, if it lacks an option, or if
   *     it is a universal one
   */
  default SampleAttack attack(Defence.Attacks attacks, Map<String, Object> more) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("epsilon", attackEpsilon());
    if (attackSteps() > 0) {
      settings.put("steps", attackSteps());
    }
    if (attackStepSize() > 0) {
      settings.put("step-size", attackStepSize());
    }
    settings.putAll(more);
    Attack made = attacks.attack(attack(), settings);
    if (made instanceof SampleAttack sampleWise) {
      return sampleWise;
    }
    throw ZepadException.usage(
        "attack '"
            + attack()
            + "' crafts one perturbation for all images; fine-tuning needs an attack that perturbs"
            + " each image by itself, such as 'pgd'.");
  }

  /** The attack's setting for where it begins; none for the default, which not all attacks have. */
  static Map<String, Object> start(boolean random) {
    return random ? Map.of("random-start", true) : Map.of();
  }

  /** How the tuning head learns before the fine-tuning. */
  default HeadOptions head() {
    return new HeadOptions(
        headEpochs(), batchSize(), headLearningRate(), weightDecay(), decay(), dropout());
  }

  /** The learning-rate factor of an epoch, counted from 0. */
  default double factor(int epoch) {
    return Math.pow(decay(), epoch);
  }
}
