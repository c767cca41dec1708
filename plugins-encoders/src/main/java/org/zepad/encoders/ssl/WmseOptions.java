package org.zepad.encoders.ssl;

import org.zepad.api.Option;
import org.zepad.api.ZepadException;

/**
 * The options of {@link WmseProvider}.
 *
 * @param projectorHidden length of the projector's hidden layer
 * @param projectorOutput length of a projection
 * @param whiteningSize images whose projections are whitened together; divides the batch size and
 *     is greater than the length of a projection
 * @param whiteningIterations how many random partitions the loss is averaged over
 * @param whiteningEpsilon share of the identity mixed into the covariance
 * @param detachSecondView whether no gradient flows through the second view, as in solo-learn's
 *     simplified form: the loss has the same value and another gradient
 */
public record WmseOptions(
    @Option(
            defaultValue = "1024",
            min = 1,
            max = 65536,
            help = "Length of the projector's hidden layer")
        int projectorHidden,
    @Option(defaultValue = "64", min = 1, max = 4096, help = "Length of a projection")
        int projectorOutput,
    @Option(
            defaultValue = "128",
            min = 2,
            max = 65536,
            help = "Images that are whitened together; divides the batch size")
        int whiteningSize,
    @Option(
            defaultValue = "1",
            min = 1,
            max = 100,
            help = "Random partitions of a batch that the loss is averaged over")
        int whiteningIterations,
    @Option(
            defaultValue = "0",
            min = 0,
            max = 0.999,
            help = "Share of the identity mixed into the covariance")
        double whiteningEpsilon,
    @Option(
            defaultValue = "false",
            help = "No gradient through the second view, as in solo-learn; the paper has both")
        boolean detachSecondView) {
  public WmseOptions {
    if (whiteningEpsilon == 0 && whiteningSize <= projectorOutput) {
      throw ZepadException.usage(
          "wmse: whitening-size "
              + whiteningSize
              + " must be greater than projector-output "
              + projectorOutput
              + " (twice as great is usual), for fewer vectors have a singular covariance");
    }
  }
}
