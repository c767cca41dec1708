/**
 * The SPI for data sets: decoded 8-bit images and labels. Tensors, batches and splits are made of
 * them by the runtime.
 */
@NullMarked
package org.zepad.api.dataset;

import org.jspecify.annotations.NullMarked;
