/** A backbone with its pre-processing and its history: what is attacked, hardened and deployed. */
@NullMarked
package org.zepad.api.encoder;

import org.jspecify.annotations.NullMarked;
