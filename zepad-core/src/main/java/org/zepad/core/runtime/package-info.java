/**
 * Runs exported models with ONNX Runtime. No training engine is needed here, and none is loaded.
 * Start at {@link org.zepad.core.runtime.ZepadClassifier}.
 */
@NullMarked
package org.zepad.core.runtime;

import org.jspecify.annotations.NullMarked;
