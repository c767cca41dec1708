package org.zepad.attacks.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zepad.attacks.universal.ObjectiveCheck;
import org.zepad.attacks.universal.PlainTiny;
import org.zepad.attacks.universal.TinyScene;

class FeatureObjectivesTest {
  private static final Map<String, Object> SMALL =
      Map.of("epsilon", TinyScene.EPSILON, "epochs", 60, "step-size", 0.004);

  @FunctionalInterface
  private interface Layer {
    double[] of(PlainTiny net, double[] image);
  }

  private static double distance(Layer layer, PlainTiny net, double[][] bases, double[][] images) {
    double sum = 0;
    for (int i = 0; i < bases.length; i++) {
      double[] clean = layer.of(net, bases[i]);
      double[] moved = layer.of(net, images[i]);
      for (int d = 0; d < clean.length; d++) {
        sum += (moved[d] - clean[d]) * (moved[d] - clean[d]);
      }
    }
    return sum / bases.length;
  }

  private static double features(PlainTiny net, double[][] bases, double[][] images) {
    return distance(PlainTiny::features, net, bases, images);
  }

  private static double flatness(PlainTiny net, double[][] bases, double[][] images) {
    double sum = 0;
    for (double[] image : images) {
      double[] map = net.conv2(image);
      double mean = Arrays.stream(map).average().orElseThrow();
      sum -=
          Math.sqrt(Arrays.stream(map).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }
    return sum / images.length;
  }

  private static double excitation(PlainTiny net, double[][] bases, double[][] images) {
    double first = 0;
    double second = 0;
    for (double[] image : images) {
      first += Arrays.stream(net.conv1(image)).average().orElseThrow() / images.length;
      second += Arrays.stream(net.conv2(image)).average().orElseThrow() / images.length;
    }
    return Math.log(first) + Math.log(second);
  }

  @Test
  void selfSupervisedPerturbationIsTheDistanceOfFeatures() {
    SspOptions options = new SspOptions(0.05, 1, 8, 0.01, List.of());
    ObjectiveCheck.assertAgrees(
        scene -> FeatureDistance.of(options, scene), FeatureObjectivesTest::features);
  }

  @Test
  void selfSupervisedPerturbationAlsoTakesInnerLayers() {
    SspOptions options = new SspOptions(0.05, 1, 8, 0.01, List.of("conv2", "conv1"));
    ObjectiveCheck.assertAgrees(
        scene -> FeatureDistance.of(options, scene),
        (net, bases, images) ->
            distance(PlainTiny::conv1, net, bases, images)
                + distance(PlainTiny::conv2, net, bases, images));
  }

  @Test
  void dispersionIsTheDeviationOfTheMiddleLayer() {
    DispersionReductionOptions options =
        new DispersionReductionOptions(0.05, 1, 8, 0.01, List.of());
    ObjectiveCheck.assertAgrees(
        scene -> new Flattening(options, scene), FeatureObjectivesTest::flatness);
  }

  @Test
  void excitationIsTheLogarithmOfTheProductOfMeanActivations() {
    FastFeatureFoolOptions options = new FastFeatureFoolOptions(0.05, 1, 0.01, List.of());
    ObjectiveCheck.assertAgrees(
        scene -> Excitation.of(options, scene), FeatureObjectivesTest::excitation);
  }

  @Test
  void theyReachTheirEndsFarBetterThanNoise() {
    assertThat(ObjectiveCheck.riseOverNoise("ssp", SMALL, FeatureObjectivesTest::features))
        .isGreaterThan(3);
    assertThat(
            ObjectiveCheck.riseOverNoise(
                "dispersion-reduction", SMALL, FeatureObjectivesTest::flatness))
        .isGreaterThan(3);
  }

  @Test
  void fastFeatureFoolExcitesFarMoreThanNoiseOnTheMeanColour() {
    try (TinyScene tiny = new TinyScene()) {
      PlainTiny net = new PlainTiny(tiny.victim);
      double[][] mean = new double[1][3 * TinyScene.SIDE * TinyScene.SIDE];
      List<Double> colour = tiny.victim.info().preprocessing().mean();
      Arrays.setAll(mean[0], i -> colour.get(i / (TinyScene.SIDE * TinyScene.SIDE)));
      double[] delta =
          ObjectiveCheck.craft(
              "fff", Map.of("epsilon", TinyScene.EPSILON, "epochs", 4, "step-size", 0.004), tiny);
      double clean = excitation(net, mean, mean);
      double reached = excitation(net, mean, TinyScene.perturbed(mean, delta)) - clean;
      for (int seed = 0; seed < 10; seed++) {
        double noise =
            excitation(net, mean, TinyScene.perturbed(mean, TinyScene.noise(seed))) - clean;
        assertThat(reached).as("against noise %s", noise).isGreaterThan(2 * Math.max(0.05, noise));
      }
      assertThat(Arrays.stream(delta).map(Math::abs).max().orElseThrow())
          .as("the best one, not one that was halved just now")
          .isGreaterThan(0.99 * TinyScene.EPSILON);
    }
  }
}
