/**
 * Files: safetensors, the checkpoints of PyTorch, checkpoints of our own work, and writing in such
 * a way that a reader never sees a part. Nothing that is read is ever executed, and reading writes
 * nothing. Start at {@link org.zepad.core.io.TensorFile}. What the tensors mean does not belong
 * here.
 */
@NullMarked
package org.zepad.core.io;

import org.jspecify.annotations.NullMarked;
