package com.example.consensus;

import ai.djl.ndarray.NDArray;
import org.zepad.api.NoOptions;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.fusion.FusionProvider;

/** A branch counts, and is trusted, as far as it says what the branches say together. */
record ConsensusFusion(Doubt doubt) implements FusionProvider<NoOptions> {
  @Override
  public String name() {
    return "consensus";
  }

  @Override
  public String description() {
    return "the mean of the branch logits, weighted by how far each agrees with all";
  }

  @Override
  public Class<NoOptions> optionsType() {
    return NoOptions.class;
  }

  @Override
  public Fusion create(NoOptions options) {
    return logits -> {
      NDArray said = logits.softmax(2);
      NDArray agreement = said.mul(said.mean(new int[] {0})).sum(new int[] {2}).transpose();
      NDArray weights = doubt.of(agreement).neg().softmax(1);
      NDArray fused = logits.mul(weights.transpose().expandDims(2)).sum(new int[] {0});
      return new Fusion.Fused(fused, agreement, weights);
    };
  }
}
