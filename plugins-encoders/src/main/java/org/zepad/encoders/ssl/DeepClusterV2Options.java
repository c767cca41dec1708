package org.zepad.encoders.ssl;

import java.util.List;
import org.zepad.api.Option;
import org.zepad.api.ZepadException;

/**
 * The options of {@link DeepClusterV2Provider}.
 *
 * @param projectorHidden length of the projector's hidden layer
 * @param projectorOutput length of a projection
 * @param clusters how many clusters the images are put into, for each clustering on its own
 * @param clusteringIterations rounds of k-means
 * @param temperature divisor of the cosines
 */
public record DeepClusterV2Options(
    @Option(
            defaultValue = "2048",
            min = 1,
            max = 65536,
            help = "Length of the projector's hidden layer")
        int projectorHidden,
    @Option(defaultValue = "128", min = 1, max = 65536, help = "Length of a projection")
        int projectorOutput,
    @Option(
            defaultValue = "3000,3000,3000",
            min = 2,
            max = 1000000,
            help = "Clusters of each of the clusterings")
        List<Integer> clusters,
    @Option(defaultValue = "10", min = 1, max = 1000, help = "Rounds of k-means")
        int clusteringIterations,
    @Option(defaultValue = "0.1", min = 0.001, max = 100, help = "Divisor of the cosines")
        double temperature) {
  public DeepClusterV2Options {
    clusters = List.copyOf(clusters);
    if (clusters.isEmpty()) {
      throw ZepadException.usage(
          "deepcluster-v2: clusters names no clustering; give a number of clusters for each, such"
              + " as 3000,3000,3000");
    }
  }
}
