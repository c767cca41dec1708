/**
 * Hardening: fine-tuning of encoders and the defences built on it. Start at {@link
 * org.zepad.core.harden.AdversarialFineTuning}, the one loop, and {@link
 * org.zepad.core.harden.Objective}, what a defence gives it. Task heads, fusion and evaluation live
 * elsewhere.
 */
@NullMarked
package org.zepad.core.harden;

import org.jspecify.annotations.NullMarked;
