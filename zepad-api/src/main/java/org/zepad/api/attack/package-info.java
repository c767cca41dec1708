/**
 * The SPI for attacks, universal and sample-wise. Start at {@link
 * org.zepad.api.attack.AttackProvider}.
 */
@NullMarked
package org.zepad.api.attack;

import org.jspecify.annotations.NullMarked;
