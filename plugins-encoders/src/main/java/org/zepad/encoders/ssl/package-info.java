/**
 * Self-supervised pre-training methods. A method is a provider, an options record and a class that
 * computes its loss; what methods share are {@link org.zepad.encoders.ssl.Losses}, {@link
 * org.zepad.encoders.ssl.MomentumEncoder} and {@link org.zepad.encoders.ssl.Whitening}. Defaults
 * are those with which the solo-learn library trains a ResNet-18 on CIFAR-10, unless said
 * otherwise. The training loop and the drawing of views do not belong here.
 */
@NullMarked
package org.zepad.encoders.ssl;

import org.jspecify.annotations.NullMarked;
