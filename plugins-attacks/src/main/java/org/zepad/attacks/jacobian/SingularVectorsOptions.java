package org.zepad.attacks.jacobian;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.attacks.universal.UniversalOptions;

/**
 * Options of {@code singular-vectors}.
 *
 * @param epsilon the largest change of a pixel, in pixel units (0..1); 10/255 by default
 * @param iterations of the power method
 * @param images surrogate images that the Jacobian is taken at, drawn from all; fewer where there
 *     are fewer
 * @param batchSize of these at once, which bounds the memory and changes nothing else
 * @param q the norm of the hidden layer that is maximised
 * @param difference step of the finite differences, in pixel units
 * @param layers names of inner layers; empty: the one after a quarter
 */
public record SingularVectorsOptions(
    @Option(
            defaultValue = UniversalOptions.EPSILON,
            help = UniversalOptions.EPSILON_HELP,
            min = 0,
            max = 1)
        double epsilon,
    @Option(defaultValue = "20", help = "iterations of the power method", min = 1, max = 100000)
        int iterations,
    @Option(
            defaultValue = "256",
            help = "surrogate images that the Jacobian is taken at",
            min = 1,
            max = 65536)
        int images,
    @Option(
            defaultValue = "64",
            help = "images at once, for the memory alone",
            min = 1,
            max = 65536)
        int batchSize,
    @Option(
            defaultValue = "10",
            help = "the norm of the hidden layer that is maximised",
            min = 1,
            max = 64)
        double q,
    @Option(
            defaultValue = "0.0001",
            help = "step of the finite differences, in pixel units",
            min = 1e-6,
            max = 0.1)
        double difference,
    @Option(
            defaultValue = "",
            help = "inner layers of the backbone; empty: the one after a quarter")
        List<String> layers) {
  public SingularVectorsOptions {
    layers = List.copyOf(layers);
  }
}
