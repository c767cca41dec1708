/**
 * Network architectures. Start at {@link org.zepad.encoders.backbone.ResNet18Provider}.
 * Pre-processing and the losses that train them do not belong here.
 */
@NullMarked
package org.zepad.encoders.backbone;

import org.jspecify.annotations.NullMarked;
