/**
 * The universal attack along singular vectors of a hidden layer's Jacobian. Start at {@link
 * org.zepad.attacks.jacobian.SingularVectorsProvider}.
 */
@NullMarked
package org.zepad.attacks.jacobian;

import org.jspecify.annotations.NullMarked;
