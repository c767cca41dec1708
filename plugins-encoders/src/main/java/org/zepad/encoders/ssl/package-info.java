/**
 * Self-supervised pre-training methods. A method is a provider and an options record over one of
 * the shapes that methods have: {@link org.zepad.encoders.ssl.JointEmbedding}, {@link
 * org.zepad.encoders.ssl.MomentumPrediction}, {@link org.zepad.encoders.ssl.MomentumQueue}, or a
 * class of its own. The equations are in {@link org.zepad.encoders.ssl.Losses}, the augmentations
 * that several methods share in {@link org.zepad.encoders.ssl.Views}. Defaults are those with which
 * the solo-learn library trains a ResNet-18 on CIFAR-10, unless said otherwise. The training loop
 * and the drawing of views do not belong here.
 */
@NullMarked
package org.zepad.encoders.ssl;

import org.jspecify.annotations.NullMarked;
