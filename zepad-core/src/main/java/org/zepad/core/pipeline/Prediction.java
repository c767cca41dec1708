package org.zepad.core.pipeline;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.zepad.core.runtime.Classification;

/**
 * What a model says of one picture.
 *
 * @param file the picture
 * @param classification what it says, or null if the picture could not be read
 * @param problem why there is no classification, or null
 */
public record Prediction(
    Path file, @Nullable Classification classification, @Nullable String problem) {}
