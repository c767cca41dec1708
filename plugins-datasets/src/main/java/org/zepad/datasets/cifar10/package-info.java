/**
 * CIFAR-10 in its official binary and python versions. Start at {@link
 * org.zepad.datasets.cifar10.Cifar10}. Batches and augmentation are the runtime's.
 */
@NullMarked
package org.zepad.datasets.cifar10;

import org.jspecify.annotations.NullMarked;
