package org.zepad.core.head;

import org.jspecify.annotations.Nullable;
import org.zepad.core.metrics.Rate;

/**
 * A head and how well it does.
 *
 * @param head the head of the last epoch, in the scope of the training's context
 * @param training accuracy on the training features, dropout off
 * @param validation accuracy on the validation features; null where none were given. It chose
 *     nothing.
 */
public record TrainedHead(Head head, Rate training, @Nullable Rate validation) {}
