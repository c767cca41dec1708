package org.zepad.attacks.advencoder;

import java.util.List;
import org.zepad.api.Option;

/**
 * Options of {@code advencoder-per}; the defaults are those of the paper's code, but for {@code
 * bounding}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 10/255 by default
 * @param epochs passes over the surrogate images
 * @param batchSize images a step, and the number of latent vectors that the generator mixes into
 *     one perturbation; not more than there are surrogate images
 * @param learningRate of Adam
 * @param alpha weight of the contrastive term against the other two
 * @param temperature of the contrastive term
 * @param radius frequencies nearer than this to zero are left out of the high-frequency term
 * @param latentDim length of a latent vector
 * @param widths channels of the generator's stages, from 4x4 pixels upwards; n stages make 4 * 2^n
 *     pixels. Images that need fewer stages use the last ones of the list
 * @param bounding how what the generator makes is brought within the budget
 * @param clamp whether perturbed images are clamped to [0, 1] while training; a perturbation that
 *     is applied to images always is
 * @param cacheMebibytes memory for the clean features of surrogate images, which do not change from
 *     epoch to epoch; those that do not fit are computed again in each epoch
 */
public record AdvEncoderPerOptions(
    @Option(
            defaultValue = "0.0392156862745098",
            help = "largest change of a pixel, in pixel units (default 10/255)",
            min = 0,
            max = 1)
        double epsilon,
    @Option(defaultValue = "20", help = "passes over the surrogate images", min = 1, max = 100000)
        int epochs,
    @Option(
            defaultValue = "256",
            help = "images a step, not more than there are surrogate images",
            min = 2,
            max = 65536)
        int batchSize,
    @Option(defaultValue = "0.0002", help = "learning rate of Adam", min = 0, max = 1)
        double learningRate,
    @Option(defaultValue = "5", help = "weight of the contrastive term", min = 0, max = 1e6)
        double alpha,
    @Option(
            defaultValue = "0.1",
            help = "temperature of the contrastive term",
            min = 1e-3,
            max = 1000)
        double temperature,
    @Option(
            defaultValue = "8",
            help = "frequencies below this are left out of the high-frequency term",
            min = 0,
            max = 10000)
        double radius,
    @Option(
            defaultValue = "100",
            help = "length of the generator's latent vectors",
            min = 1,
            max = 65536)
        int latentDim,
    @Option(
            defaultValue = "1024,512,256,128",
            help = "channels of the generator's stages; n stages make 4 * 2^n pixels",
            min = 1,
            max = 65536)
        List<Integer> widths,
    @Option(
            defaultValue = "scale",
            help =
                "scale: to a root mean square of epsilon, then clamped; clamp: only clamped, as"
                    + " published")
        Bounding bounding,
    @Option(
            defaultValue = "false",
            help = "whether perturbed images are clamped to [0, 1] while training")
        boolean clamp,
    @Option(
            defaultValue = "256",
            help = "MiB of memory for the clean features of surrogate images",
            min = 0,
            max = 4096)
        int cacheMebibytes) {
  public AdvEncoderPerOptions {
    widths = List.copyOf(widths);
    if (widths.isEmpty()) {
      throw new IllegalArgumentException("widths needs at least one stage, such as 256,128,64");
    }
  }

  TrainingSettings training() {
    return new TrainingSettings(
        AdvEncoderPerProvider.NAME,
        epochs,
        batchSize,
        learningRate,
        alpha,
        temperature,
        radius,
        latentDim,
        widths,
        (long) cacheMebibytes << 20,
        withEpochs(1).toString());
  }

  private AdvEncoderPerOptions withEpochs(int others) {
    return new AdvEncoderPerOptions(
        epsilon,
        others,
        batchSize,
        learningRate,
        alpha,
        temperature,
        radius,
        latentDim,
        widths,
        bounding,
        clamp,
        cacheMebibytes);
  }
}
