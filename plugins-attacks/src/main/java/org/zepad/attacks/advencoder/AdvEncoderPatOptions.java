package org.zepad.attacks.advencoder;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.attacks.patch.PatchPlace;

/**
 * Options of {@code advencoder-pat}; the defaults are those that the paper's code works with. (Its
 * temperature option, 0.5, is never read: 0.1 is used.)
 *
 * @param share of the pixels that the patch covers at most (0..1); the patch is the largest square
 *     of whole pixels
 * @param right distance between patch and right border, as a share of the width (0..1)
 * @param bottom distance between patch and lower border, as a share of the height (0..1)
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
 * @param cacheMebibytes memory for the clean features of surrogate images, which do not change from
 *     epoch to epoch; those that do not fit are computed again in each epoch
 */
public record AdvEncoderPatOptions(
    @Option(
            defaultValue = "0.03",
            help = "share of the pixels that the patch covers at most",
            min = 0,
            max = 1)
        double share,
    @Option(
            defaultValue = "0.21875",
            help = "distance from the right border, as a share of the width (default 14/64)",
            min = 0,
            max = 1)
        double right,
    @Option(
            defaultValue = "0.21875",
            help = "distance from the lower border, as a share of the height (default 14/64)",
            min = 0,
            max = 1)
        double bottom,
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
            defaultValue = "256",
            help = "MiB of memory for the clean features of surrogate images",
            min = 0,
            max = 4096)
        int cacheMebibytes) {
  public AdvEncoderPatOptions {
    widths = List.copyOf(widths);
    if (widths.isEmpty()) {
      throw new IllegalArgumentException("widths needs at least one stage, such as 256,128,64");
    }
  }

  PatchPlace place() {
    return new PatchPlace(share, right, bottom);
  }

  TrainingSettings training() {
    return new TrainingSettings(
        AdvEncoderPatProvider.NAME,
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

  private AdvEncoderPatOptions withEpochs(int others) {
    return new AdvEncoderPatOptions(
        share,
        right,
        bottom,
        others,
        batchSize,
        learningRate,
        alpha,
        temperature,
        radius,
        latentDim,
        widths,
        cacheMebibytes);
  }
}
