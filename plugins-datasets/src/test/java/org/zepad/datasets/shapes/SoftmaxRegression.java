package org.zepad.datasets.shapes;

import org.zepad.api.dataset.Images;

/** Multinomial logistic regression on pixels, by stochastic gradient descent with momentum. */
final class SoftmaxRegression {
  private static final int BATCH = 50;

  private SoftmaxRegression() {}

  /** The best accuracy on the test images after any epoch: an upper bound, chosen unfairly. */
  static double accuracy(Images train, Images test, int classes, int epochs) {
    float[][] x = pixels(train);
    float[][] tries = pixels(test);
    int d = x[0].length;
    float[][] w = new float[classes][d];
    float[][] velocity = new float[classes][d];
    double best = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      float rate = 0.002f * (1 - epoch / (float) epochs);
      for (int start = 0; start + BATCH <= x.length; start += BATCH) {
        for (float[] v : velocity) {
          for (int i = 0; i < d; i++) {
            v[i] *= 0.9f;
          }
        }
        for (int n = start; n < start + BATCH; n++) {
          float[] p = softmax(w, x[n]);
          p[train.label(n)] -= 1;
          for (int c = 0; c < classes; c++) {
            float g = -rate / BATCH * p[c];
            for (int i = 0; i < d; i++) {
              velocity[c][i] += g * x[n][i];
            }
          }
        }
        for (int c = 0; c < classes; c++) {
          for (int i = 0; i < d; i++) {
            w[c][i] += velocity[c][i];
          }
        }
      }
      best = Math.max(best, share(w, tries, test));
    }
    return best;
  }

  private static double share(float[][] w, float[][] x, Images images) {
    int hits = 0;
    for (int n = 0; n < x.length; n++) {
      float[] p = softmax(w, x[n]);
      int best = 0;
      for (int c = 1; c < p.length; c++) {
        best = p[c] > p[best] ? c : best;
      }
      hits += best == images.label(n) ? 1 : 0;
    }
    return (double) hits / x.length;
  }

  private static float[] softmax(float[][] w, float[] x) {
    float[] p = new float[w.length];
    float max = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < p.length; c++) {
      for (int i = 0; i < x.length; i++) {
        p[c] += w[c][i] * x[i];
      }
      max = Math.max(max, p[c]);
    }
    float sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = (float) Math.exp(p[c] - max);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }

  // Scaled to about [-2, 2], with a constant for the bias.
  private static float[][] pixels(Images images) {
    float[][] x = new float[images.size()][];
    for (int n = 0; n < x.length; n++) {
      byte[] planes = images.image(n).planes();
      x[n] = new float[planes.length + 1];
      for (int i = 0; i < planes.length; i++) {
        x[n][i] = (planes[i] & 255) / 64f - 2;
      }
      x[n][planes.length] = 1;
    }
    return x;
  }
}
