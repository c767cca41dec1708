package org.zepad.encoders.ssl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.function.UnaryOperator;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.TensorOps;

/** The losses that several methods share. Results are scalars in the manager of the first input. */
final class Losses {
  /** Far below any similarity over temperature, so that its exponential is exactly 0. */
  private static final double EXCLUDED = 1e9;

  private Losses() {}

  /**
   * The contrastive loss of SimCLR (Chen et al. 2020, equation 1): the mean over rows i of -ln(sum
   * over positives j of e_ij / sum over all j but i of e_ij), e_ij = exp(cos(z_i, z_j) /
   * temperature). The positives of a row are the other rows of the same index; where there are
   * several they are summed inside the logarithm, as solo-learn does. It never overflows.
   *
   * @param z (M, D), not normalised
   * @param indexes (M) int64, which sample each row shows; each occurs at least twice
   * @param temperature positive
   */
  static NDArray contrastive(NDArray z, NDArray indexes, double temperature, TensorOps ops) {
    long rows = z.getShape().get(0);
    NDArray unit = unit(z);
    NDArray similarity = Scalars.over(unit.matMul(unit.transpose()), temperature);
    NDArray self = z.getManager().eye((int) rows);
    NDArray same =
        indexes.reshape(rows, 1).eq(indexes.reshape(1, rows)).toType(DataType.FLOAT32, false);
    NDArray all = similarity.sub(Scalars.times(self, EXCLUDED));
    NDArray positives = similarity.sub(Scalars.times(self.sub(same).add(1), EXCLUDED));
    return ops.logSumExp(all, 1).sub(ops.logSumExp(positives, 1)).mean();
  }

  /**
   * The contrastive loss of the projections of several views.
   *
   * @param projections (N, D) each
   * @param labels (N), the same for what shall attract each other
   */
  static NDArray contrastive(
      List<NDArray> projections, NDArray labels, double temperature, TensorOps ops) {
    NDList stacked = new NDList(projections);
    NDList indexes = new NDList();
    projections.forEach(view -> indexes.add(labels));
    return contrastive(NDArrays.concat(stacked), NDArrays.concat(indexes), temperature, ops);
  }

  /**
   * 2 - 2 cos(p, z), the mean over rows: the squared distance of unit vectors (BYOL, Grill et al.
   * 2020, equation 2; W-MSE, Ermolov et al. 2021, equation 5).
   *
   * @param p (N, D), not normalised
   * @param z (N, D), not normalised
   */
  static NDArray cosineDistance(NDArray p, NDArray z) {
    return Scalars.times(similarity(p, z), -2).add(2);
  }

  /**
   * cos(p, z), the mean over rows.
   *
   * @param p (N, D), not normalised
   * @param z (N, D), not normalised
   */
  static NDArray similarity(NDArray p, NDArray z) {
    return unit(p).mul(unit(z)).sum(new int[] {1}).mean();
  }

  /** Rows divided by their Euclidean length, or by 1e-12 if that is greater. */
  static NDArray unit(NDArray x) {
    return x.normalize(2, 1, 1e-12);
  }

  /**
   * Barlow Twins (Zbontar et al. 2021, equation 1): the cross-correlation of two views is drawn to
   * the identity. Columns are standardised by their biased variance + 1e-5.
   *
   * @param first (N, D)
   * @param second (N, D), the other view of the same images
   * @param lambda weight of the off-diagonal entries
   */
  static NDArray redundancy(NDArray first, NDArray second, double lambda) {
    NDArray a = first.sub(first.mean(new int[] {0}, true));
    NDArray b = second.sub(second.mean(new int[] {0}, true));
    a = a.div(a.square().mean(new int[] {0}, true).add(1e-5).sqrt());
    b = b.div(b.square().mean(new int[] {0}, true).add(1e-5).sqrt());
    NDArray correlation = Scalars.over(a.transpose().matMul(b), (double) first.getShape().get(0));
    NDArray identity = first.getManager().eye((int) first.getShape().get(1));
    NDArray weights = Scalars.times(identity, 1 - lambda).add(lambda);
    return correlation.sub(identity).square().mul(weights).sum();
  }

  /**
   * VICReg (Bardes et al. 2022, equation 6) and VIbCReg (Lee and Aune 2021): the weighted sum of
   * invariance, variance and covariance.
   *
   * @param first (N, D)
   * @param second (N, D), the other view of the same images
   * @param covariance the term of one view
   */
  static NDArray regularised(
      NDArray first,
      NDArray second,
      double invarianceWeight,
      double varianceWeight,
      double covarianceWeight,
      UnaryOperator<NDArray> covariance) {
    return Scalars.times(invariance(first, second), invarianceWeight)
        .add(Scalars.times(variance(first).add(variance(second)), varianceWeight))
        .add(
            Scalars.times(covariance.apply(first).add(covariance.apply(second)), covarianceWeight));
  }

  /** The mean squared difference of two views: VICReg's invariance (equation 5). */
  static NDArray invariance(NDArray first, NDArray second) {
    return first.sub(second).square().mean();
  }

  /**
   * VICReg's variance term of one view (Bardes et al. 2022, equations 1 and 2): how far the
   * standard deviation of a column, from the unbiased variance + 1e-4, lies below 1.
   */
  static NDArray variance(NDArray z) {
    NDArray deviation = Scalars.over(centredSquares(z), z.getShape().get(0) - 1.0).add(1e-4).sqrt();
    return Activation.relu(deviation.neg().add(1)).mean();
  }

  /**
   * VICReg's covariance term of one view (equations 3 and 4): the squared off-diagonal covariances,
   * summed, over the number of columns.
   */
  static NDArray covariance(NDArray z) {
    NDArray centred = z.sub(z.mean(new int[] {0}, true));
    NDArray c = Scalars.over(centred.transpose().matMul(centred), z.getShape().get(0) - 1.0);
    return Scalars.over(offDiagonalSquares(c), (double) z.getShape().get(1));
  }

  /**
   * VIbCReg's term in its place (Lee and Aune 2021, equation 6): the same of the correlations, the
   * mean over all entries, the zeroed diagonal counted.
   */
  static NDArray normalisedCovariance(NDArray z) {
    NDArray centred = z.sub(z.mean(new int[] {0}, true));
    NDArray unit = centred.normalize(2, 0, 1e-12);
    double entries = (double) z.getShape().get(1) * z.getShape().get(1);
    return Scalars.over(offDiagonalSquares(unit.transpose().matMul(unit)), entries);
  }

  private static NDArray centredSquares(NDArray z) {
    return z.sub(z.mean(new int[] {0}, true)).square().sum(new int[] {0});
  }

  private static NDArray offDiagonalSquares(NDArray matrix) {
    NDArray others = matrix.getManager().eye((int) matrix.getShape().get(0)).neg().add(1);
    return matrix.mul(others).square().sum();
  }

  /**
   * MoCo v3 (Chen, Xie and He 2021, algorithm 1): 2 T times the cross-entropy of finding each
   * query's own key among the keys of the batch, by cosines over T.
   *
   * @param query (N, D), not normalised
   * @param key (N, D), not normalised; a constant
   * @param temperature T, positive
   */
  static NDArray ownKey(NDArray query, NDArray key, double temperature, TensorOps ops) {
    return Scalars.times(neighbours(query, key, temperature, ops), 2 * temperature);
  }

  /**
   * MoCo (He et al. 2020, equation 1): the cross-entropy of telling each query's own key from the
   * vectors of a queue.
   *
   * @param query (N, D), rows of unit length
   * @param key (N, D), rows of unit length; a constant
   * @param queue (K, D), rows of unit length; constants
   * @param temperature positive
   */
  static NDArray ownKeyAgainstQueue(
      NDArray query, NDArray key, NDArray queue, double temperature, TensorOps ops) {
    NDArray own = query.mul(key).sum(new int[] {1}, true);
    NDArray others = query.matMul(queue.transpose());
    NDArray logits = Scalars.over(NDArrays.concat(new NDList(own, others), 1), temperature);
    return ops.logSumExp(logits, 1).sub(Scalars.over(own, temperature).squeeze(1)).mean();
  }

  /**
   * NNCLR (Dwibedi et al. 2021, equation 2): each prediction is to be told from the others of the
   * batch by the neighbour of its image's other view.
   *
   * @param neighbours (N, D), not normalised; constants
   * @param predictions (N, D), not normalised
   * @param temperature positive
   */
  static NDArray neighbours(
      NDArray neighbours, NDArray predictions, double temperature, TensorOps ops) {
    NDArray similarity =
        Scalars.over(unit(neighbours).matMul(unit(predictions).transpose()), temperature);
    NDArray identity = neighbours.getManager().eye((int) neighbours.getShape().get(0));
    return ops.logSumExp(similarity, 1).sub(similarity.mul(identity).sum(new int[] {1})).mean();
  }

  /**
   * The row of a queue that is nearest to each row, by inner products.
   *
   * @param z (N, D)
   * @param queue (K, D)
   * @return (N, D), constants
   */
  static NDArray nearest(NDArray z, NDArray queue, TensorOps ops) {
    try (NDArray values = ops.detach(z);
        NDArray similarity = values.matMul(queue.transpose());
        NDArray index = similarity.argMax(1)) {
      NDArray found = queue.get(new NDIndex("{}", index));
      found.attach(z.getManager());
      return found;
    }
  }

  /**
   * ReSSL (Zheng et al. 2021, equation 6): the cross-entropy between how the key and how the query
   * resemble the vectors of a queue.
   *
   * @param query (N, D), rows of unit length
   * @param key (N, D), rows of unit length; a constant
   * @param queue (K, D), rows of unit length; constants
   * @param queryTemperature positive
   * @param keyTemperature positive, smaller: a sharper target
   */
  static NDArray relation(
      NDArray query, NDArray key, NDArray queue, double queryTemperature, double keyTemperature) {
    NDArray columns = queue.transpose();
    NDArray target = Scalars.over(key.matMul(columns), keyTemperature).softmax(1);
    NDArray predicted = Scalars.over(query.matMul(columns), queryTemperature).logSoftmax(1);
    return target.mul(predicted).sum(new int[] {1}).mean().neg();
  }

  /**
   * What every view is to predict of the others (SwAV, Caron et al. 2020, equation 2; DINO, Caron
   * et al. 2021, equation 3): the cross-entropy between the target of one view and the prediction
   * of another, the mean over rows and over all such pairs.
   *
   * @param targets (N, K) each, rows that sum to 1, constants; of the first views
   * @param predictions (N, K) each, logits; of all views, at least two
   * @param temperature divisor of the logits, positive
   */
  static NDArray crossViews(List<NDArray> targets, List<NDArray> predictions, double temperature) {
    List<NDArray> logarithms =
        predictions.stream().map(p -> Scalars.over(p, temperature).logSoftmax(1)).toList();
    NDList terms = new NDList();
    for (int t = 0; t < targets.size(); t++) {
      for (int p = 0; p < logarithms.size(); p++) {
        if (p != t) {
          terms.add(targets.get(t).mul(logarithms.get(p)).sum(new int[] {1}).mean());
        }
      }
    }
    return NDArrays.stack(terms).mean().neg();
  }

  /**
   * DeepCluster v2 (Caron et al. 2020, appendix): the cross-entropy of telling the cluster of each
   * row, the mean over the rows that have one; 0 if none has.
   *
   * @param logits (M, K)
   * @param clusters (M) int64, -1 for none
   * @param temperature divisor of the logits, positive
   */
  static NDArray clusters(NDArray logits, NDArray clusters, double temperature) {
    NDArray assigned = clusters.gte(0).toType(DataType.FLOAT32, false);
    NDArray known = clusters.maximum(clusters.zerosLike()).expandDims(1);
    NDArray right =
        Scalars.over(logits, temperature).logSoftmax(1).gather(known, 1).squeeze(1).mul(assigned);
    double count = Math.max(1, assigned.sum().getFloat());
    return Scalars.over(right, -count).sum();
  }
}
