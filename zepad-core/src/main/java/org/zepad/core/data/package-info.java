/**
 * From a plugin's labelled 8-bit images to what training and evaluation read: splits, resizing,
 * caching, batches of tensors, augmented views, fingerprints. No format of any data set is known
 * here. Start at {@link org.zepad.core.data.TensorBatches} for evaluation and fine-tuning, at
 * {@link org.zepad.core.data.AugmentedBatches} for pre-training.
 */
@NullMarked
package org.zepad.core.data;

import org.jspecify.annotations.NullMarked;
