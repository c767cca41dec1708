package org.zepad.core.bench;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is measured.
 *
 * @param parts at least one
 * @param width channels of the first layer of the branches' ResNet-18
 * @param resolution side of the images in pixels
 * @param batch images of a training step, at least 2
 * @param repeats how often each piece of work is timed, at least 1, after it was warmed up
 * @param adaptImages training images of the task that is adapted to
 * @param threads of either engine; 0: as many as it takes by itself
 * @param clients of the server, at the same time
 * @param serveSeconds how long they ask it
 */
public record BenchConfig(
    Set<BenchPart> parts,
    int width,
    int resolution,
    int batch,
    int repeats,
    int adaptImages,
    int threads,
    int clients,
    int serveSeconds) {
  public BenchConfig {
    if (parts.isEmpty()
        || width < 1
        || resolution < 1
        || batch < 2
        || repeats < 1
        || adaptImages < 1
        || threads < 0
        || clients < 1
        || serveSeconds < 1) {
      throw new IllegalArgumentException(
          "a benchmark needs a part, a batch of 2 or more, and numbers that are positive");
    }
    parts = Collections.unmodifiableSet(EnumSet.copyOf(parts));
  }
}
