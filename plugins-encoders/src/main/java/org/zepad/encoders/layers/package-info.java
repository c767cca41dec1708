/**
 * The layers that backbones and SSL heads are made of, over named tensors: each creates its tensors
 * in a {@link org.zepad.api.tensor.StateDict} under PyTorch's names and with PyTorch's initial
 * values. Whole networks do not belong here.
 */
@NullMarked
package org.zepad.encoders.layers;

import org.jspecify.annotations.NullMarked;
