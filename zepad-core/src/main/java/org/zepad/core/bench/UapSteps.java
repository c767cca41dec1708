package org.zepad.core.bench;

/**
 * The seconds of a step of training a generator.
 *
 * @param first in the first epoch, in which the clean images are encoded, too
 * @param later in any other one, in which their features are known
 */
public record UapSteps(Spread first, Spread later) {}
