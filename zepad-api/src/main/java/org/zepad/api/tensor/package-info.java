/**
 * Named tensors, the operations that DJL lacks, and optimizers. Start at {@link
 * org.zepad.api.tensor.TensorOps}.
 */
@NullMarked
package org.zepad.api.tensor;

import org.jspecify.annotations.NullMarked;
