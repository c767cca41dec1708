/**
 * A bundle as one ONNX file: how it is written, what it says of itself, and how a file from
 * elsewhere is checked. Start at {@link org.zepad.core.onnx.OnnxExport}. Running such a file
 * belongs to {@code org.zepad.core.runtime}; only this package knows the file format.
 */
@NullMarked
package org.zepad.core.onnx;

import org.jspecify.annotations.NullMarked;
