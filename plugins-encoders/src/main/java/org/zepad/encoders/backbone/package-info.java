/**
 * Network architectures: residual networks, which start at {@link
 * org.zepad.encoders.backbone.ResNet18Provider}, and vision transformers, which start at {@link
 * org.zepad.encoders.backbone.VitSmallProvider}. Pre-processing and the losses that train them do
 * not belong here.
 */
@NullMarked
package org.zepad.encoders.backbone;

import org.jspecify.annotations.NullMarked;
