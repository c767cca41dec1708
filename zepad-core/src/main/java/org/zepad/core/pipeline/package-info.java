/**
 * The steps of the product, each from files to files: pre-train, harden, adapt, attack, evaluate,
 * predict, and the run of all of them. Start at {@link org.zepad.core.pipeline.Pipeline}. What the
 * steps say to a person belongs to the command line.
 */
@NullMarked
package org.zepad.core.pipeline;

import org.jspecify.annotations.NullMarked;
