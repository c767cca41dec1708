/**
 * How sample-wise attacks climb: balls around images, projected gradient ascent over any objective,
 * and which point of a climb is kept for each image. Start at {@link
 * org.zepad.attacks.ascent.Ascent}. No attack, no options and no loss live here.
 */
@NullMarked
package org.zepad.attacks.ascent;

import org.jspecify.annotations.NullMarked;
