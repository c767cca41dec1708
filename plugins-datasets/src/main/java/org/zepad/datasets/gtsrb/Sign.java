package org.zepad.datasets.gtsrb;

import java.nio.file.Path;

/**
 * One annotated picture.
 *
 * @param file the picture
 * @param width in pixels
 * @param height in pixels
 * @param left first column of the sign
 * @param top first row of the sign
 * @param right column after the last of the sign: read so, the border is at least 5 pixels on every
 *     side of every image, as the annotations' authors say
 * @param bottom row after the last of the sign
 * @param label class number, 0 to 42
 */
record Sign(
    Path file, int width, int height, int left, int top, int right, int bottom, int label) {}
