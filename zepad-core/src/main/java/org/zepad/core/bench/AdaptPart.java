package org.zepad.core.bench;

import org.zepad.api.RunContext;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.defence.Branch;
import org.zepad.core.head.FeatureCache;
import org.zepad.core.head.Features;
import org.zepad.core.head.HeadOptions;
import org.zepad.core.head.HeadTrainer;

/**
 * Adapting to a task with the published settings: every branch encodes every training image once,
 * and its head learns from the features. Reading the images and choosing the detection threshold
 * are no part of it.
 */
record AdaptPart(Stopwatch watch, BenchModel model) {
  private static final int WARM_UP_IMAGES = 64;

  /** The seconds that it takes. */
  Spread measure() {
    try (RunContext context = model.context().child("adapt")) {
      int images = model.config().adaptImages();
      adapt(Math.min(WARM_UP_IMAGES, images), context);
      return Spread.of(
          watch.seconds(
              BenchPart.ADAPT.toString(),
              0,
              model.config().repeats(),
              () -> adapt(images, context)));
    }
  }

  private void adapt(int count, RunContext context) {
    ImageBatches images = model.images(count).batches(context.manager());
    for (Branch branch : model.branches()) {
      try (RunContext part = context.child(branch.name());
          Features features =
              FeatureCache.inMemory().features(branch.encoder(), images, "", part)) {
        HeadTrainer.train(features, null, HeadOptions.defaults(), part);
      }
    }
  }
}
