/**
 * The tensor engine behind the api: run contexts, the operations that DJL lacks, optimizers and
 * checkpoints. Start at {@link org.zepad.core.engine.RunContexts}. Nothing here knows of encoders.
 */
@NullMarked
package org.zepad.core.engine;

import org.jspecify.annotations.NullMarked;
