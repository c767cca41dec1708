/**
 * The HTTP service: the Open Inference Protocol, picture upload, a page for people, metrics. Start
 * at {@link org.zepad.core.serve.InferenceServer}; {@link org.zepad.core.serve.ServeOptions} has
 * the limits.
 *
 * <p>One model, which the caller loaded, is served. Nothing here loads a model, reads a file that a
 * request names, or starts a training engine. Whatever comes in is a stranger's: its size is
 * bounded before memory is taken for it.
 */
@NullMarked
package org.zepad.core.serve;

import org.jspecify.annotations.NullMarked;
