package com.example.consensus;

import ai.djl.ndarray.NDArray;
import org.zepad.api.NoOptions;
import org.zepad.api.detector.Detector;
import org.zepad.api.detector.DetectorProvider;

/** The doubt of the branch that agrees least, less that of the one that agrees most. */
record DissentDetector(Doubt doubt) implements DetectorProvider<NoOptions> {
  @Override
  public String name() {
    return "dissent";
  }

  @Override
  public String description() {
    return "how far the branch that agrees least lies behind the one that agrees most";
  }

  @Override
  public Class<NoOptions> optionsType() {
    return NoOptions.class;
  }

  @Override
  public Detector create(NoOptions options) {
    return (confidences, roles) -> {
      NDArray doubts = doubt.of(confidences);
      return doubts.max(new int[] {1}).sub(doubts.min(new int[] {1}));
    };
  }
}
