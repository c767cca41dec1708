/**
 * The product of hardening on disk: encoders once, heads for each task, and what joins them. Start
 * at {@link org.zepad.core.bundle.Bundle}. A bundle is checked as a whole before anything in it is
 * used; nothing here trains or calibrates.
 */
@NullMarked
package org.zepad.core.bundle;

import org.jspecify.annotations.NullMarked;
