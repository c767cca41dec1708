package org.zepad.encoders.ssl;

import org.zepad.api.Option;

/**
 * The options of {@link DinoProvider}.
 *
 * @param projectorHidden length of the head's hidden layers
 * @param projectorOutput length of a projection, before the prototypes
 * @param prototypes how many prototypes the projections are compared with
 * @param headBatchNorm whether the head has batch norms, as DINO wants for residual networks that
 *     have them too
 * @param studentTemperature divisor of the trained network's logits
 * @param teacherTemperature divisor of the momentum copy's logits after the warm-up; smaller, for
 *     it sharpens the target
 * @param warmupTeacherTemperature the same in the first epoch
 * @param warmupTeacherTemperatureEpochs epochs in which it rises from the one to the other; for
 *     ImageNet-100 solo-learn takes 50
 * @param frozenEpochs epochs at the beginning in which the prototypes stay as they are
 * @param smallCrops small views beside the two large ones; the paper takes 8 (and 10) on ImageNet,
 *     solo-learn none
 * @param baseTau share of itself that the momentum copy keeps at the first step
 * @param finalTau the same at the last step
 */
public record DinoOptions(
    @Option(
            defaultValue = "2048",
            min = 1,
            max = 65536,
            help = "Length of the head's hidden layers")
        int projectorHidden,
    @Option(defaultValue = "256", min = 1, max = 65536, help = "Length of a projection")
        int projectorOutput,
    @Option(defaultValue = "4096", min = 2, max = 1000000, help = "Number of prototypes")
        int prototypes,
    @Option(defaultValue = "false", help = "Batch norms in the head") boolean headBatchNorm,
    @Option(
            defaultValue = "0.1",
            min = 0.001,
            max = 100,
            help = "Divisor of the trained network's logits")
        double studentTemperature,
    @Option(
            defaultValue = "0.07",
            min = 0.001,
            max = 100,
            help = "Divisor of the momentum copy's logits")
        double teacherTemperature,
    @Option(
            defaultValue = "0.04",
            min = 0.001,
            max = 100,
            help = "The same at the beginning of its warm-up")
        double warmupTeacherTemperature,
    @Option(
            defaultValue = "0",
            min = 0,
            max = 100000,
            help = "Epochs of that warm-up, 0 for none; solo-learn takes 50 for ImageNet-100")
        int warmupTeacherTemperatureEpochs,
    @Option(
            defaultValue = "1",
            min = 0,
            max = 100000,
            help = "Epochs at the beginning in which the prototypes are frozen")
        int frozenEpochs,
    @Option(
            defaultValue = "0",
            min = 0,
            max = 64,
            help = "Small views beside the two large ones; the paper takes 8 on ImageNet")
        int smallCrops,
    @Option(
            defaultValue = "0.9995",
            min = 0,
            max = 1,
            help = "Share of itself that the momentum copy keeps at the first step")
        double baseTau,
    @Option(defaultValue = "1.0", min = 0, max = 1, help = "The same at the last step")
        double finalTau) {

  /** The divisor of the momentum copy's logits in an epoch: a line, then flat. */
  double teacherTemperature(int epoch) {
    if (epoch >= warmupTeacherTemperatureEpochs) {
      return teacherTemperature;
    }
    double done = (double) epoch / Math.max(1, warmupTeacherTemperatureEpochs - 1);
    return warmupTeacherTemperature + done * (teacherTemperature - warmupTeacherTemperature);
  }
}
