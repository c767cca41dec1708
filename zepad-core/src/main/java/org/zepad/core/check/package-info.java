/**
 * A plugin before the contracts of its SPI. The contracts themselves are JUnit tests and lie in the
 * test kit, with JUnit; here is what asks for them. Start at {@link
 * org.zepad.core.check.ContractRunner}.
 */
@NullMarked
package org.zepad.core.check;

import org.jspecify.annotations.NullMarked;
