/**
 * The fusion rules that come with the runtime, found like any other plugin. Start at {@link
 * org.zepad.core.fusion.RobustFederalDecision}. Whoever needs a rule asks the registry by name;
 * nothing but the registry should name these classes.
 */
@NullMarked
package org.zepad.core.fusion;

import org.jspecify.annotations.NullMarked;
