/**
 * The cropped digits of the Street View House Numbers. Start at {@link
 * org.zepad.datasets.svhn.Svhn}.
 *
 * <p>MATLAB files are read by a small reader of our own, for the one layout that is needed. The
 * library mfl-core was considered: it takes lengths from the file's word before it has read that
 * much, and rests on {@code sun.misc.Unsafe}, which is on its way out of Java.
 */
@NullMarked
package org.zepad.datasets.svhn;

import org.jspecify.annotations.NullMarked;
